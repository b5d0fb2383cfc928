// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket's objects in their order -> one page of keys and common prefixes. A page costs its own
 * length.
 */
final class Listing {
  private final NavigableMap<String, StoredObject> objects;
  private final String prefix;
  private final String delimiter;
  private final int most;
  private final List<S3Object> contents = new ArrayList<>();
  private final List<CommonPrefix> prefixes = new ArrayList<>();
  private @Nullable String last;

  private Listing(NavigableMap<String, StoredObject> objects, ListObjectsV2Request request) {
    this.objects = objects;
    this.prefix = request.prefix() == null ? "" : request.prefix();
    this.delimiter = request.delimiter() == null ? "" : request.delimiter();
    this.most = request.maxKeys() == null ? 1_000 : request.maxKeys();
  }

  static ListObjectsV2Response page(
      NavigableMap<String, StoredObject> objects, ListObjectsV2Request request) {
    Listing listing = new Listing(objects, request);
    String after =
        request.continuationToken() != null ? request.continuationToken() : request.startAfter();
    boolean more = listing.fill(listing.start(after));
    return SdkResponses.objectsPage(listing.contents, listing.prefixes, more ? listing.last : null);
  }

  private @Nullable String start(@Nullable String after) {
    String first = objects.ceilingKey(prefix);
    if (after == null || first == null) return first;
    boolean isCommonPrefix =
        !delimiter.isEmpty() && after.startsWith(prefix) && after.endsWith(delimiter);
    String next = isCommonPrefix ? beyond(after) : objects.higherKey(after);
    return next == null || objects.comparator().compare(next, first) >= 0 ? next : first;
  }

  /** Takes names from the key on; whether there are more than fit. */
  private boolean fill(@Nullable String from) {
    String key = from;
    while (key != null && key.startsWith(prefix)) {
      if (contents.size() + prefixes.size() >= most) return most > 0;
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (end < 0) {
        StoredObject object = objects.get(key);
        if (object != null) take(object);
        key = objects.higherKey(key);
      } else {
        last = key.substring(0, end + delimiter.length());
        prefixes.add(SdkResponses.commonPrefix(last));
        key = beyond(last);
      }
    }
    return false;
  }

  private void take(StoredObject object) {
    last = object.key();
    contents.add(
        SdkResponses.objectEntry(
            object.key(), object.eTag(), object.lastModified(), object.size(), null));
  }

  /** The first key that does not begin with this. */
  private @Nullable String beyond(String common) {
    String highest = common + Character.toString(Character.MAX_CODE_POINT);
    String key = objects.ceilingKey(highest);
    while (key != null && key.startsWith(common)) key = objects.higherKey(key);
    return key;
  }
}
