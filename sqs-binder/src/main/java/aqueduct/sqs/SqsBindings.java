// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.cloud.stream.binder.ExtendedBindingProperties;
import org.springframework.core.env.Environment;

/**
 * A binding's name -> its settings: {@code spring.cloud.stream.sqs.bindings.<binding>.*} over
 * {@code spring.cloud.stream.sqs.default.*}, each of consumer and producer. Unknown names and
 * values out of range stop the application. (The stock base class forgets the defaults of a binding
 * that has settings of its own, and accepts any name.)
 */
final class SqsBindings
    implements ExtendedBindingProperties<SqsConsumerProperties, SqsProducerProperties> {
  private static final String PREFIX = "spring.cloud.stream.sqs";

  private final Environment environment;

  SqsBindings(Environment environment) {
    this.environment = environment;
  }

  @Override
  public SqsConsumerProperties getExtendedConsumerProperties(String binding) {
    SqsConsumerProperties properties = bind(binding).getConsumer();
    properties.validate(new Settings(binding, "consumer"));
    return properties;
  }

  @Override
  public SqsProducerProperties getExtendedProducerProperties(String binding) {
    SqsProducerProperties properties = bind(binding).getProducer();
    properties.validate(new Settings(binding, "producer"));
    return properties;
  }

  private SqsBindingProperties bind(String binding) {
    SqsBindingProperties properties = new SqsBindingProperties();
    Bindable<SqsBindingProperties> target = Bindable.ofInstance(properties);
    BindHandler strict =
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    Binder binder = Binder.get(environment);
    binder.bind(getDefaultsPrefix(), target, strict);
    binder.bind(PREFIX + ".bindings." + binding, target, strict);
    return properties;
  }

  @Override
  public String getDefaultsPrefix() {
    return PREFIX + ".default";
  }

  @Override
  public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
    return SqsBindingProperties.class;
  }
}
