// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import org.springframework.cloud.stream.binder.AbstractMessageChannelBinder;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.ExtendedPropertiesBinder;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.integration.core.MessageProducer;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * A binding -> an endpoint on the queue that its destination names. A message is deleted when, and
 * only when, the function has returned; otherwise it comes back, until the queue's redrive policy
 * moves it to the dead letters. Retries are the queue's: the binding's own {@code max-attempts} has
 * no effect.
 */
public final class SqsBinder
    extends AbstractMessageChannelBinder<
        ExtendedConsumerProperties<SqsConsumerProperties>,
        ExtendedProducerProperties<SqsProducerProperties>,
        SqsProvisioner>
    implements ExtendedPropertiesBinder<
        MessageChannel, SqsConsumerProperties, SqsProducerProperties> {

  private final SqsAsyncClient client;
  private final SqsBindings bindings;

  SqsBinder(SqsAsyncClient client, SqsProvisioner provisioner, SqsBindings bindings) {
    super(new String[0], provisioner);
    this.client = client;
    this.bindings = bindings;
  }

  @Override
  protected MessageProducer createConsumerEndpoint(
      ConsumerDestination destination,
      String group,
      ExtendedConsumerProperties<SqsConsumerProperties> properties) {
    SqsInbound inbound = new SqsInbound(client, destination.getName(), properties);
    inbound.setBeanFactory(getBeanFactory());
    // Its last subscriber throws again, so that a failure is never taken for a success.
    inbound.setErrorChannel(
        registerErrorInfrastructure(destination, group, properties).getErrorChannel());
    return inbound;
  }

  @Override
  protected MessageHandler createProducerMessageHandler(
      ProducerDestination destination,
      ExtendedProducerProperties<SqsProducerProperties> properties,
      MessageChannel errorChannel) {
    SqsOutbound outbound =
        new SqsOutbound(client, destination.getName(), properties.getExtension());
    outbound.setBeanFactory(getBeanFactory());
    return outbound;
  }

  @Override
  public SqsConsumerProperties getExtendedConsumerProperties(String binding) {
    return bindings.getExtendedConsumerProperties(binding);
  }

  @Override
  public SqsProducerProperties getExtendedProducerProperties(String binding) {
    return bindings.getExtendedProducerProperties(binding);
  }

  @Override
  public String getDefaultsPrefix() {
    return bindings.getDefaultsPrefix();
  }

  @Override
  public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
    return bindings.getExtendedPropertiesEntryClass();
  }
}
