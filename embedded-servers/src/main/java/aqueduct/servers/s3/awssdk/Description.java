// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What a caller says of an object besides its bytes.
 *
 * @param headers Content-Type and its like, by name
 * @param metadata the user's
 */
record Description(Map<String, String> headers, Map<String, String> metadata) {

  static Description of(PutObjectRequest r) {
    return new Description(
        headers(
            r.contentType(),
            r.contentEncoding(),
            r.cacheControl(),
            r.contentDisposition(),
            r.contentLanguage()),
        r.metadata());
  }

  static Description of(CreateMultipartUploadRequest r) {
    return new Description(
        headers(
            r.contentType(),
            r.contentEncoding(),
            r.cacheControl(),
            r.contentDisposition(),
            r.contentLanguage()),
        r.metadata());
  }

  static Description of(CopyObjectRequest r) {
    return new Description(
        headers(
            r.contentType(),
            r.contentEncoding(),
            r.cacheControl(),
            r.contentDisposition(),
            r.contentLanguage()),
        r.metadata());
  }

  static Description of(StoredObject source) {
    return new Description(source.headers(), source.metadata());
  }

  private static Map<String, String> headers(
      @Nullable String type,
      @Nullable String encoding,
      @Nullable String cache,
      @Nullable String disposition,
      @Nullable String language) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (type != null) headers.put("Content-Type", type);
    if (encoding != null) headers.put("Content-Encoding", encoding);
    if (cache != null) headers.put("Cache-Control", cache);
    if (disposition != null) headers.put("Content-Disposition", disposition);
    if (language != null) headers.put("Content-Language", language);
    return headers;
  }

  StoredObject of(String key, String file, Payload payload, Clock clock, long sequence) {
    return new StoredObject(
        key, file, payload.size(), payload.digest(), clock.millis(), headers, metadata, sequence);
  }

  /** An object as the answer to a GET of it. */
  static GetObjectResponse.Builder answer(StoredObject object) {
    Map<String, String> headers = object.headers();
    return GetObjectResponse.builder()
        .eTag(object.eTag())
        .contentLength(object.size())
        .lastModified(object.lastModified())
        .contentType(headers.get("Content-Type"))
        .contentEncoding(headers.get("Content-Encoding"))
        .cacheControl(headers.get("Cache-Control"))
        .contentDisposition(headers.get("Content-Disposition"))
        .contentLanguage(headers.get("Content-Language"))
        .metadata(object.metadata());
  }
}
