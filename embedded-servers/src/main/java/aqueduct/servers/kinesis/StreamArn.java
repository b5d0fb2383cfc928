// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

/** A stream's name <-> its ARN. */
final class StreamArn {
  static final String ACCOUNT = "000000000000";
  private static final String MARK = ":stream/";

  private StreamArn() {}

  static String of(String region, String name) {
    return "arn:aws:kinesis:" + region + ":" + ACCOUNT + MARK + name;
  }

  static String name(String arn) {
    int mark = arn.indexOf(MARK);
    if (!arn.startsWith("arn:") || mark < 0) {
      throw KinesisError.invalidArgument("StreamARN " + arn + " is not the ARN of a stream.");
    }
    return arn.substring(mark + MARK.length());
  }
}
