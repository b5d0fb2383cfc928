// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3's refusals, with its codes. */
final class Refusals {
  private Refusals() {}

  static S3Exception noSuchKey(String key) {
    return (S3Exception)
        NoSuchKeyException.builder()
            .message("The specified key does not exist: " + key)
            .statusCode(404)
            .awsErrorDetails(details("NoSuchKey", "The specified key does not exist.", 404))
            .build();
  }

  static S3Exception noSuchBucket(String bucket) {
    return (S3Exception)
        NoSuchBucketException.builder()
            .message("The specified bucket does not exist: " + bucket)
            .statusCode(404)
            .awsErrorDetails(details("NoSuchBucket", "The specified bucket does not exist.", 404))
            .build();
  }

  static S3Exception preconditionFailed(String header) {
    return of(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold: " + header);
  }

  static S3Exception of(int status, String code, String message) {
    return (S3Exception)
        S3Exception.builder()
            .message(message)
            .statusCode(status)
            .awsErrorDetails(details(code, message, status))
            .build();
  }

  /** Not an error to the caller: what it has is still right. */
  static S3Exception notModified(StoredObject present) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(304)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .sdkHttpResponse(
                        SdkHttpResponse.builder()
                            .statusCode(304)
                            .putHeader("ETag", present.eTag())
                            .build())
                    .build())
            .build();
  }

  private static AwsErrorDetails details(String code, String message, int status) {
    return AwsErrorDetails.builder()
        .errorCode(code)
        .errorMessage(message)
        .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
        .build();
  }
}
