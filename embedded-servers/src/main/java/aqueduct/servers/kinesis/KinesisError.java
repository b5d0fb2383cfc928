// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

/** A refusal that the caller sees, with the code that Kinesis uses for it. */
final class KinesisError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  KinesisError(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  static KinesisError invalidArgument(String message) {
    return new KinesisError("InvalidArgumentException", message);
  }

  static KinesisError validation(String member, String constraint) {
    return new KinesisError(
        "ValidationException",
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  static KinesisError notFound(String message) {
    return new KinesisError("ResourceNotFoundException", message);
  }

  static KinesisError inUse(String message) {
    return new KinesisError("ResourceInUseException", message);
  }

  static KinesisError limitExceeded(String message) {
    return new KinesisError("LimitExceededException", message);
  }

  static KinesisError throttled(String shard, String stream) {
    return new KinesisError(
        "ProvisionedThroughputExceededException",
        "Rate exceeded for shard "
            + shard
            + " in stream "
            + stream
            + " under account "
            + StreamArn.ACCOUNT
            + ".");
  }
}
