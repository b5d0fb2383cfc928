// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.notice.ObjectNotice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A notice -> why it must not be served, if so. Whoever can write to the queue could otherwise have
 * us copy and delete any object that our role reaches.
 */
record AllowList(Set<String> buckets, List<String> prefixes) {

  /**
   * Why not.
   *
   * @param reason snake_case, of a closed list
   * @param message what is wrong and what to do
   */
  record Refusal(String reason, String message) {}

  Optional<Refusal> refusal(ObjectNotice notice) {
    if (!buckets.contains(notice.bucket())) {
      return Optional.of(
          new Refusal(
              "bucket_not_allowed",
              "The message names a bucket that is not in aqueduct.backup.ingest-buckets: add it, or find out who sent the message."));
    }
    boolean allowed =
        notice.keys().stream().allMatch(key -> prefixes.stream().anyMatch(key::startsWith));
    return allowed
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "prefix_not_allowed",
                "The message names a key outside of aqueduct.backup.prefixes: add its prefix, or find out who sent the message."));
  }
}
