// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import io.awspring.cloud.sqs.listener.SqsHeaders.MessageSystemAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A message of the function -> a message of the queue. Returns when SQS has stored it; throws
 * MessageDeliveryException when it has not within the send timeout (and may have: a timeout after
 * the effect sends it twice).
 */
final class SqsOutbound extends AbstractMessageHandler {
  private final SqsAsyncClient client;
  private final String destination;
  private final SqsProducerProperties properties;
  private volatile @Nullable SqsQueue queue;

  SqsOutbound(SqsAsyncClient client, String destination, SqsProducerProperties properties) {
    this.client = client;
    this.destination = destination;
    this.properties = properties;
  }

  @Override
  protected void handleMessageInternal(Message<?> message) {
    SendMessageRequest request = request(message, queue());
    try {
      client
          .sendMessage(request)
          .get(properties.getSendTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(message, "was refused", e.getCause());
    } catch (TimeoutException e) {
      throw failed(message, "took longer than " + properties.getSendTimeout(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(message, "was interrupted", e);
    }
  }

  private SqsQueue queue() {
    SqsQueue found = queue;
    if (found == null) {
      found = SqsQueue.find(client, destination);
      queue = found;
    }
    return found;
  }

  private SendMessageRequest request(Message<?> message, SqsQueue target) {
    SendMessageRequest.Builder request =
        SendMessageRequest.builder()
            .queueUrl(target.url())
            .messageBody(body(message))
            .messageAttributes(attributes(message));
    if (target.isFifo()) {
      request.messageGroupId(group(message));
      request.messageDeduplicationId(
          text(message, MessageSystemAttributes.SQS_MESSAGE_DEDUPLICATION_ID_HEADER));
    } else if (!properties.getDelay().isZero()) {
      request.delaySeconds((int) properties.getDelay().toSeconds());
    }
    return request.build();
  }

  private String group(Message<?> message) {
    String named = text(message, MessageSystemAttributes.SQS_MESSAGE_GROUP_ID_HEADER);
    String group = named != null ? named : properties.getMessageGroupId();
    if (group == null) {
      throw new MessageDeliveryException(
          message,
          "a message to the FIFO queue %s needs the header %s or the setting message-group-id"
              .formatted(destination, MessageSystemAttributes.SQS_MESSAGE_GROUP_ID_HEADER));
    }
    return group;
  }

  private static @Nullable String text(Message<?> message, String header) {
    Object value = message.getHeaders().get(header);
    return value == null ? null : value.toString();
  }

  private String body(Message<?> message) {
    if (message.getPayload() instanceof String text) {
      return text;
    }
    if (message.getPayload() instanceof byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw failed(message, "cannot be made: SQS carries text, the payload is not UTF-8", e);
      }
    }
    throw new MessageDeliveryException(
        message, "SQS carries text, not " + message.getPayload().getClass().getName());
  }

  private Map<String, MessageAttributeValue> attributes(Message<?> message) {
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    for (String name : properties.getHeaders()) {
      String value = text(message, name);
      if (value != null && !value.isEmpty()) {
        attributes.put(
            name, MessageAttributeValue.builder().dataType("String").stringValue(value).build());
      }
    }
    return attributes;
  }

  private MessageDeliveryException failed(
      Message<?> message, String how, @Nullable Throwable cause) {
    return new MessageDeliveryException(message, "send to queue " + destination + " " + how, cause);
  }
}
