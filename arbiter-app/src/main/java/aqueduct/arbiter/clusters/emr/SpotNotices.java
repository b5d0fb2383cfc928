// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A queue to which EventBridge sends "EC2 Spot Instance Interruption Warning" -> the machines that
 * will be taken away, for ten minutes. Other messages are dropped.
 */
public final class SpotNotices {
  private static final Logger log = LoggerFactory.getLogger(SpotNotices.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int PAGES = 20;
  private final SqsClient sqs;
  private final String queueUrl;
  private final Clock clock;
  private final Map<String, Instant> machines = new HashMap<>();

  public SpotNotices(SqsClient sqs, String queueUrl, Clock clock) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.clock = clock;
  }

  /** Ids of machines, with the time of the notice. A queue that does not answer adds none. */
  public synchronized Map<String, Instant> machines() {
    Instant now = clock.instant();
    machines.values().removeIf(time -> time.isBefore(now.minus(KEPT)));
    try {
      for (int page = 0; page < PAGES && receive(now); page++) {
        log.debug("{} machines have a notice", machines.size());
      }
    } catch (RuntimeException e) {
      log.warn("No spot notices are read: {}", e.getMessage());
    }
    return Map.copyOf(machines);
  }

  private boolean receive(Instant now) {
    List<Message> messages =
        sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(0))
            .messages();
    for (Message message : messages) {
      String machine = machine(message.body());
      if (!machine.isEmpty()) {
        machines.putIfAbsent(machine, now);
      }
      sqs.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    }
    return !messages.isEmpty();
  }

  static String machine(String body) {
    try {
      JsonNode event = JSON.readTree(body);
      boolean warning =
          event.path("detail-type").asText().equals("EC2 Spot Instance Interruption Warning");
      return warning ? event.at("/detail/instance-id").asText() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
