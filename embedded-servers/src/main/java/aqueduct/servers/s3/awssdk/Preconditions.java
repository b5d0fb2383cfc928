// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** What must hold of an object for it to be read: throws S3's refusal where it does not. */
final class Preconditions {
  private Preconditions() {}

  static void ofCopy(StoredObject source, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && !Condition.isOneOf(ifMatch, source)) {
      throw Refusals.preconditionFailed("x-amz-copy-source-If-Match");
    }
    if (ifNoneMatch != null && Condition.isOneOf(ifNoneMatch, source)) {
      throw Refusals.preconditionFailed("x-amz-copy-source-If-None-Match");
    }
  }

  static void ofRead(StoredObject object, GetObjectRequest request) {
    String ifMatch = request.ifMatch();
    Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      if (!Condition.isOneOf(ifMatch, object)) throw Refusals.preconditionFailed("If-Match");
    } else if (request.ifUnmodifiedSince() != null
        && modified.isAfter(request.ifUnmodifiedSince())) {
      throw Refusals.preconditionFailed("If-Unmodified-Since");
    }
    String ifNoneMatch = request.ifNoneMatch();
    if (ifNoneMatch != null) {
      if (Condition.isOneOf(ifNoneMatch, object)) throw Refusals.notModified(object);
    } else if (request.ifModifiedSince() != null && !modified.isAfter(request.ifModifiedSince())) {
      throw Refusals.notModified(object);
    }
  }
}
