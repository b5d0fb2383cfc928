// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * The element's function, whichever shape it has: returns when its sinks have taken everything,
 * throws when the input must come again.
 *
 * @param takesLists whether it takes many payloads in one message
 */
record Function(Consumer<Message<?>> bean, boolean takesLists) {

  static Function of(Consumer<Message<?>> bean) {
    ResolvableType payload =
        ResolvableType.forInstance(bean).as(Consumer.class).getGeneric(0).getGeneric(0);
    return new Function(bean, List.class.isAssignableFrom(payload.toClass()));
  }

  void accept(byte[] payload) {
    if (takesLists) {
      accept(List.of(payload));
    } else {
      bean.accept(new GenericMessage<>(payload));
    }
  }

  void accept(List<byte[]> payloads) {
    if (takesLists) {
      bean.accept(new GenericMessage<>(payloads));
    } else {
      payloads.forEach(this::accept);
    }
  }
}
