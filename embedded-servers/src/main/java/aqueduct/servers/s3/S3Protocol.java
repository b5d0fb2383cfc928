// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** s3proxy's reading of the S3 protocol, without its own server. */
final class S3Protocol extends S3ProxyHandler {
  private static final long LARGEST_PUT = 5L << 30;
  private static final long LARGEST_UNCHUNKED = 128L << 20;
  private static final int LARGEST_CHUNK = 16 << 20;
  private static final int CLOCK_SKEW_SECONDS = 15 * 60;

  S3Protocol(BlobStore store) {
    super(
        store,
        AuthenticationType.NONE,
        null,
        null,
        null,
        LARGEST_PUT,
        LARGEST_UNCHUNKED,
        LARGEST_CHUNK,
        true,
        null,
        null,
        CLOCK_SKEW_SECONDS);
  }

  /** A store's refusal -> S3's error document. */
  void refuse(HttpServletRequest request, HttpServletResponse response, AwsServiceException refusal)
      throws IOException {
    var details = S3Exceptions.httpResponse(refusal);
    if (details != null)
      details.firstMatchingHeader("ETag").ifPresent(e -> response.setHeader("ETag", e));
    String code = S3Exceptions.errorCode(refusal);
    if (code == null) {
      response.setStatus(refusal.statusCode());
    } else {
      fail(request, response, refusal.statusCode(), code, refusal.awsErrorDetails().errorMessage());
    }
  }

  void fail(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String code,
      @Nullable String message)
      throws IOException {
    sendSimpleErrorResponse(
        request, response, code, status, message == null ? "" : message, Map.of());
  }
}
