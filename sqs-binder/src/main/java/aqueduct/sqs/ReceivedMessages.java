// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import io.awspring.cloud.sqs.listener.SqsHeaders.MessageSystemAttributes;
import io.awspring.cloud.sqs.support.converter.MessagingMessageConverter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A message of SQS -> a message for the function: the body as bytes of UTF-8, SQS's own attributes
 * as headers {@code Sqs_Msa_*}, the sender's as headers of their names. Never fails: whatever the
 * sender wrote is the function's to judge, and an exception before it would hide the message.
 *
 * <p>Inside the listener container the SDK's message itself is the payload. (The container's own
 * converter loads classes that a message names.) The body is in no header, so that none is logged.
 */
record ReceivedMessages(String queue) implements MessagingMessageConverter<Message> {
  private static final Set<String> NOT_OURS_TO_SET =
      Set.of(MessageHeaders.ID, MessageHeaders.TIMESTAMP);

  @Override
  public org.springframework.messaging.Message<Message> toMessagingMessage(Message source) {
    return new GenericMessage<>(source, headers(source));
  }

  @Override
  public Message fromMessagingMessage(org.springframework.messaging.Message<?> message) {
    throw new UnsupportedOperationException("this converter only receives");
  }

  org.springframework.messaging.Message<byte[]> single(Message source) {
    return MessageBuilder.withPayload(body(source)).copyHeaders(headers(source)).build();
  }

  org.springframework.messaging.Message<List<byte[]>> batch(List<Message> sources) {
    return MessageBuilder.withPayload(sources.stream().map(ReceivedMessages::body).toList())
        .setHeader(SqsHeaders.SQS_QUEUE_NAME_HEADER, queue)
        .setHeader(BinderHeaders.BATCH_HEADERS, sources.stream().map(this::headers).toList())
        .build();
  }

  private static byte[] body(Message source) {
    return source.body() == null ? new byte[0] : source.body().getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> headers(Message source) {
    Map<String, Object> headers = new HashMap<>();
    source
        .messageAttributes()
        .forEach(
            (name, value) -> {
              if (!NOT_OURS_TO_SET.contains(name)) {
                headers.put(name, value(value));
              }
            });
    source
        .attributesAsStrings()
        .forEach(
            (name, value) ->
                headers.put(MessageSystemAttributes.SQS_MSA_HEADER_PREFIX + name, value));
    headers.put(MessageSystemAttributes.MESSAGE_ID, source.messageId());
    headers.put(SqsHeaders.SQS_QUEUE_NAME_HEADER, queue);
    return headers;
  }

  private static Object value(MessageAttributeValue value) {
    return value.binaryValue() != null ? value.binaryValue().asByteArray() : value.stringValue();
  }
}
