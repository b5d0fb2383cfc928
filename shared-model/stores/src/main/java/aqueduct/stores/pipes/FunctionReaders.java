// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import aqueduct.logs.RecordSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.messaging.support.GenericMessage;

/**
 * The readers that direct pipes name -> the functions of these names in the application's context.
 */
public final class FunctionReaders {
  private FunctionReaders() {}

  /** The same sink where no pipe is direct. */
  public static RecordSink joining(
      RecordSink streams, Environment environment, BeanFactory functions) {
    Map<String, List<PipeReader>> readers = new LinkedHashMap<>();
    DeclaredPipes.direct(environment)
        .forEach(
            (pipe, names) ->
                readers.put(
                    pipe, names.stream().map(name -> reader(pipe, name, functions)).toList()));
    return readers.isEmpty() ? streams : new DirectPipes(readers, streams);
  }

  private static PipeReader reader(String pipe, String name, BeanFactory functions) {
    return records -> function(pipe, name, functions).accept(new GenericMessage<>(records));
  }

  /** Asked for at the first record: the functions themselves need the sink to be made. */
  @SuppressWarnings("unchecked")
  private static Consumer<GenericMessage<List<byte[]>>> function(
      String pipe, String name, BeanFactory functions) {
    if (!functions.containsBean(name)) {
      throw new IllegalStateException(
          "aqueduct.pipes.%s.kind is direct, but its reader %s is not in this process: start an artifact that holds both, or make the pipe a stream"
              .formatted(pipe, name));
    }
    return (Consumer<GenericMessage<List<byte[]>>>) functions.getBean(name);
  }
}
