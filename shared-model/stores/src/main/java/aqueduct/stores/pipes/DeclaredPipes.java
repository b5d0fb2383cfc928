// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** What {@code aqueduct.pipes} says of pipes that need no server. */
final class DeclaredPipes {
  private static final String DIRECT = "direct";

  private DeclaredPipes() {}

  record Pipe(@DefaultValue("kinesis") String kind, @DefaultValue List<String> to) {}

  /** Pipe to the names of its readers, of direct ones. */
  static Map<String, List<String>> direct(Environment environment) {
    Map<String, List<String>> direct = new LinkedHashMap<>();
    Binder.get(environment)
        .bind("aqueduct.pipes", Bindable.mapOf(String.class, Pipe.class))
        .orElse(Map.of())
        .forEach(
            (name, pipe) -> {
              if (pipe.kind().equalsIgnoreCase(DIRECT)) direct.put(name, pipe.to());
            });
    return direct;
  }
}
