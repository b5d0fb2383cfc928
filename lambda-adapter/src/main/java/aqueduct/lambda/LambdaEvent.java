// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda hands over, as far as we need it: records of one queue or of one shard. An event of
 * anything else has no {@link Source} of ours and is the function's to read.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LambdaEvent(@JsonProperty("Records") @Nullable List<Item> items) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where records come from that Lambda polls for us. */
  enum Source {
    SQS,
    KINESIS
  }

  /** A message of a queue or a record of a stream. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Item(
      @JsonProperty("eventSource") @Nullable String eventSource,
      @JsonProperty("eventSourceARN") @Nullable String eventSourceArn,
      @JsonProperty("messageId") @Nullable String messageId,
      @JsonProperty("body") @Nullable String body,
      @JsonProperty("kinesis") @Nullable Kinesis kinesis) {

    /** The name by which Lambda knows the record in an answer. */
    String id() {
      String id = kinesis != null ? kinesis.sequenceNumber() : messageId;
      if (id == null) {
        throw new IllegalArgumentException(
            "a record of the event has neither messageId nor kinesis.sequenceNumber");
      }
      return id;
    }

    byte[] payload() {
      if (kinesis != null) return kinesis.data();
      return body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The part of a record that Kinesis adds; Jackson decodes the Base64. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Kinesis(
      @JsonProperty("sequenceNumber") @Nullable String sequenceNumber,
      @JsonProperty("data") byte[] data) {}

  /** The whole event, where it is one of a queue or a stream. */
  static LambdaEvent read(byte[] event) {
    try {
      LambdaEvent read = JSON.readValue(event, LambdaEvent.class);
      return read == null ? new LambdaEvent(null) : read;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalArgumentException("the event cannot be read", e);
    }
  }

  List<Item> records() {
    return items == null ? List.of() : items;
  }

  /** The name of the queue or stream; empty if the event does not say. */
  String pipe() {
    String arn = records().isEmpty() ? null : records().get(0).eventSourceArn();
    return arn == null
        ? ""
        : arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
  }

  Optional<Source> source() {
    String name = records().isEmpty() ? null : records().get(0).eventSource();
    return "aws:sqs".equals(name)
        ? Optional.of(Source.SQS)
        : "aws:kinesis".equals(name) ? Optional.of(Source.KINESIS) : Optional.empty();
  }
}
