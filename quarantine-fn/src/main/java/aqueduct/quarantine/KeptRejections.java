// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import aqueduct.logs.CanonicalJson;
import aqueduct.wire.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedSet;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket of rejections. An object's name ends in a digest of what is in it. */
final class KeptRejections {
  private static final int NAME_BYTES = 12;
  private final S3Client s3;
  private final String bucket;

  KeptRejections(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** A rejection as a line, without the number of attempts: a repeat is the same rejection. */
  static String line(Rejection rejection) {
    return CanonicalJson.write(rejection.toBuilder().clearAttempts().build());
  }

  void put(RejectionGroup group, SortedSet<String> lines) {
    byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    put(group.folder() + name(body) + ".ndjson", body);
  }

  void unreadable(byte[] record) {
    put("unreadable/" + name(record), record);
  }

  private void put(String key, byte[] body) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(body));
  }

  private static String name(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
