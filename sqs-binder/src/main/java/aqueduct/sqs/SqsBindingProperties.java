// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/** What one binding says about SQS. Mutable, as the binding of properties here demands. */
public class SqsBindingProperties implements BinderSpecificPropertiesProvider {
  private SqsConsumerProperties consumer = new SqsConsumerProperties();
  private SqsProducerProperties producer = new SqsProducerProperties();

  @Override
  public SqsConsumerProperties getConsumer() {
    return consumer;
  }

  public void setConsumer(SqsConsumerProperties consumer) {
    this.consumer = consumer;
  }

  @Override
  public SqsProducerProperties getProducer() {
    return producer;
  }

  public void setProducer(SqsProducerProperties producer) {
    this.producer = producer;
  }
}
