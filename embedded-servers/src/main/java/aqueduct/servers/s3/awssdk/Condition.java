// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What must hold of the present object for a change to take place.
 *
 * @param ifMatch its ETag, or "*" for any object
 * @param ifNoneMatch not its ETag, or "*" for no object
 */
public record Condition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
  public static final Condition NONE = new Condition(null, null);

  /** Throws what S3 answers where the condition does not hold. */
  void check(String key, @Nullable StoredObject present) throws S3Exception {
    if (ifMatch != null) {
      if (present == null) throw Refusals.noSuchKey(key);
      if (!isOneOf(ifMatch, present)) throw Refusals.preconditionFailed("If-Match");
    }
    if (ifNoneMatch != null && present != null && isOneOf(ifNoneMatch, present)) {
      throw Refusals.preconditionFailed("If-None-Match");
    }
  }

  static boolean isOneOf(String eTags, StoredObject present) {
    for (String eTag : eTags.split(",", -1)) {
      String wanted = eTag.strip();
      if (wanted.equals("*") || wanted.replace("\"", "").equals(present.digest())) return true;
    }
    return false;
  }
}
