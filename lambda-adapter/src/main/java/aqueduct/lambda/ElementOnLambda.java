// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.messaging.Message;

/**
 * An element's application -> a handler of events. The context is the container's, but nothing is
 * bound: Lambda fetches the input, and outputs go through the same sinks as everywhere.
 */
final class ElementOnLambda {
  private static final String DEFINITION = "spring.cloud.function.definition";
  private static final String ELEMENT = "aqueduct.lambda.function";
  private static final String ALL = "aqueduct.lambda.functions";

  private ElementOnLambda() {}

  static EventHandler start(Class<?> application, String[] args) {
    try {
      SpringApplication spring = new SpringApplication(application);
      spring.addInitializers(context -> bindNothing(context.getEnvironment()));
      ConfigurableApplicationContext context = spring.run(args);
      return new EventHandler(functions(context), Clock.systemUTC());
    } catch (RuntimeException | Error e) {
      throw new StartFailed(e);
    }
  }

  private static void bindNothing(ConfigurableEnvironment environment) {
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "aqueduct-on-lambda",
                Map.of(
                    ELEMENT,
                    chosen(environment),
                    ALL,
                    environment.getProperty(DEFINITION, ""),
                    DEFINITION,
                    "",
                    "spring.cloud.stream.function.autodetect",
                    "false",
                    "spring.main.web-application-type",
                    "none")));
  }

  /** The one that Lambda's handler setting names, of several; else the first. */
  private static String chosen(ConfigurableEnvironment environment) {
    List<String> functions = List.of(environment.getProperty(DEFINITION, "").split(";", -1));
    String handler = environment.getProperty("_HANDLER", "");
    return functions.contains(handler) ? handler : functions.get(0);
  }

  /** By the bindings that the binders would have used. */
  private static Functions functions(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Map<String, Function> byPipe = new HashMap<>();
    for (String name : environment.getProperty(ALL, "").split(";", -1)) {
      String pipe =
          environment.getProperty("spring.cloud.stream.bindings." + name + "-in-0.destination", "");
      if (!pipe.isEmpty()) byPipe.put(pipe, function(context, name));
    }
    return new Functions(byPipe, function(context, environment.getProperty(ELEMENT, "")));
  }

  @SuppressWarnings("unchecked") // the two shapes of functions that topology.yml can bind
  private static Function function(ConfigurableApplicationContext context, String name) {
    Object bean = context.getBean(name);
    if (!(bean instanceof Consumer<?>)) {
      throw new IllegalStateException(
          DEFINITION + " is " + name + ": on Lambda it must name Consumers of messages");
    }
    return Function.of((Consumer<Message<?>>) bean);
  }
}
