// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * An object as the bucket's index has it.
 *
 * @param key exactly as it was given
 * @param file of its bytes, within the bucket's directory
 * @param size bytes
 * @param digest its ETag without quotes: MD5 in hex; of a multipart upload, MD5 of the parts' MD5s,
 *     "-", their number
 * @param modified when it was put (ms)
 * @param headers Content-Type and its like, by name
 * @param metadata the user's
 * @param sequence rises with every change of the bucket
 */
public record StoredObject(
    String key,
    String file,
    long size,
    String digest,
    long modified,
    Map<String, String> headers,
    Map<String, String> metadata,
    long sequence) {

  public String eTag() {
    return "\"" + digest + "\"";
  }

  public Instant lastModified() {
    return Instant.ofEpochMilli(modified);
  }

  /** As notifications carry it: hex, compared as text within one key. */
  public String sequencer() {
    return String.format(Locale.ROOT, "%018X", sequence);
  }
}
