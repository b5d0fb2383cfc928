// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A destination's name -> a queue that is there. Makes what is missing where {@code auto-create} is
 * on: the queue, its dead-letter queue (kept 14 days), the redrive policy. Changes nothing that is
 * there already, but says so when it differs.
 */
final class SqsProvisioner
    implements ProvisioningProvider<
        ExtendedConsumerProperties<SqsConsumerProperties>,
        ExtendedProducerProperties<SqsProducerProperties>> {
  private static final Logger log = LoggerFactory.getLogger(SqsProvisioner.class);
  private static final String FOURTEEN_DAYS = "1209600"; // SQS's longest, in seconds

  private final SqsAsyncClient client;

  SqsProvisioner(SqsAsyncClient client) {
    this.client = client;
  }

  /** A queue, by name or URL; partitions are not SQS's. */
  record Destination(String getName) implements ConsumerDestination, ProducerDestination {
    @Override
    public String getNameForPartition(int partition) {
      return getName;
    }
  }

  @Override
  public ConsumerDestination provisionConsumerDestination(
      String name, String group, ExtendedConsumerProperties<SqsConsumerProperties> binding) {
    SqsConsumerProperties properties = binding.getExtension();
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    if (properties.getVisibilityTimeout() != null) {
      attributes.put(
          QueueAttributeName.VISIBILITY_TIMEOUT,
          Long.toString(properties.getVisibilityTimeout().toSeconds()));
    }
    SqsQueue queue = ensure(name, attributes, properties.isAutoCreate());
    if (properties.getDeadLetterQueue() != null) {
      redrive(queue, properties.getDeadLetterQueue(), properties);
    }
    return new Destination(name);
  }

  @Override
  public ProducerDestination provisionProducerDestination(
      String name, ExtendedProducerProperties<SqsProducerProperties> binding) {
    ensure(name, Map.of(), binding.getExtension().isAutoCreate());
    return new Destination(name);
  }

  private SqsQueue ensure(
      String name, Map<QueueAttributeName, String> attributes, boolean autoCreate) {
    SqsQueue found = find(name);
    if (found != null) {
      return found;
    }
    if (!autoCreate) {
      throw new ProvisioningException(
          "there is no queue " + name + ": create it, or set auto-create for its binding");
    }
    Map<QueueAttributeName, String> wanted = new HashMap<>(attributes);
    if (name.endsWith(".fifo")) {
      wanted.put(QueueAttributeName.FIFO_QUEUE, "true");
      wanted.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
    }
    client.createQueue(request -> request.queueName(name).attributes(wanted)).join();
    log.info("queue {} was missing and has been created", name);
    return SqsQueue.find(client, name);
  }

  private @Nullable SqsQueue find(String name) {
    try {
      return SqsQueue.find(client, name);
    } catch (CompletionException e) {
      if (e.getCause() instanceof QueueDoesNotExistException) {
        return null;
      }
      throw new ProvisioningException("queue " + name + " cannot be looked up", e.getCause());
    }
  }

  private void redrive(SqsQueue queue, String deadLetters, SqsConsumerProperties properties) {
    String current =
        queue
            .attributes(QueueAttributeName.REDRIVE_POLICY)
            .getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
    if (!current.isEmpty()) {
      if (!current.contains(":" + deadLetters + "\"")
          || !current.matches(
              ".*\"maxReceiveCount\"\\s*:\\s*\"?" + properties.getMaxReceives() + "\\D.*")) {
        log.warn(
            "queue {} has another redrive policy than {} after {} receives; it is left as it is: {}",
            queue.name(),
            deadLetters,
            properties.getMaxReceives(),
            current);
      }
      return;
    }
    if (!properties.isAutoCreate()) {
      throw new ProvisioningException(
          "queue %s has no redrive policy, so a poison message would come back for ever: give it one"
                  .formatted(queue.name())
              + " to "
              + deadLetters
              + ", or set auto-create");
    }
    SqsQueue target =
        ensure(
            deadLetters, Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, FOURTEEN_DAYS), true);
    String arn =
        target
            .attributes(QueueAttributeName.QUEUE_ARN)
            .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    String policy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
            .formatted(arn, properties.getMaxReceives());
    client
        .setQueueAttributes(
            request ->
                request
                    .queueUrl(queue.url())
                    .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
        .join();
  }
}
