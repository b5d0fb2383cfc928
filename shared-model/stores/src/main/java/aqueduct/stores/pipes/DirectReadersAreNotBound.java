// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A pipe made direct -> its readers are called, and so not bound to a stream as well. This is what
 * makes fusing two elements one property, {@code aqueduct.pipes.<pipe>.kind: direct}.
 */
public final class DirectReadersAreNotBound implements EnvironmentPostProcessor, Ordered {
  private static final String DEFINITION = "spring.cloud.function.definition";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Set<String> called =
        DeclaredPipes.direct(environment).values().stream()
            .flatMap(java.util.List::stream)
            .collect(Collectors.toSet());
    String definition = environment.getProperty(DEFINITION, "");
    String bound =
        Arrays.stream(definition.split(";", -1))
            .filter(function -> !called.contains(function))
            .collect(Collectors.joining(";"));
    if (!bound.equals(definition)) {
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("aqueduct-direct-pipes", Map.of(DEFINITION, bound)));
    }
  }

  /** After the files of configuration are read. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
