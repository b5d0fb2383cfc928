// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Any client of S3 -> one whose calls end within a time, retries included. */
final class LimitedS3 extends DelegatingS3Client {
  private final Duration limit;

  LimitedS3(S3Client client, Duration limit) {
    super(client);
    this.limit = limit;
  }

  @Override
  @SuppressWarnings("unchecked") // a request's builder builds a request of its own class
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    AwsRequestOverrideConfiguration configuration =
        request
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder)
            .apiCallTimeout(limit)
            .build();
    return operation.apply((T) request.toBuilder().overrideConfiguration(configuration).build());
  }
}
