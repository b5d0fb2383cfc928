// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The binder's own context, named by {@code META-INF/spring.binders}. It uses the application's
 * SqsAsyncClient; only a binder with an environment of its own, which sees none of the
 * application's beans, gets a client made of {@code spring.cloud.aws.*}.
 *
 * <p>Keep this class out of every component scan: scanned, its Binder would land in the
 * application's context and silently take the place of all other binders.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Binder.class)
@ImportAutoConfiguration({
  CredentialsProviderAutoConfiguration.class,
  RegionProviderAutoConfiguration.class,
  AwsAutoConfiguration.class,
  SqsAutoConfiguration.class
})
public class SqsBinderConfiguration {

  @Bean
  SqsProvisioner sqsProvisioner(SqsAsyncClient client) {
    return new SqsProvisioner(client);
  }

  @Bean
  SqsBinder sqsBinder(SqsAsyncClient client, SqsProvisioner provisioner, Environment environment) {
    return new SqsBinder(client, provisioner, new SqsBindings(environment));
  }
}
