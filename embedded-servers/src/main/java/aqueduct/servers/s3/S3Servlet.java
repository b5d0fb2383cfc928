// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import aqueduct.servers.s3.awssdk.Condition;
import com.google.common.base.Throwables;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.io.EofException;
import org.gaul.s3proxy.S3ProxyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** A request -> s3proxy's handling of it, and S3's error document where that fails. */
final class S3Servlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(S3Servlet.class);
  private final transient S3Protocol protocol;
  private final transient ThreadLocal<Condition> ofCopy;

  S3Servlet(S3Protocol protocol, ThreadLocal<Condition> ofCopy) {
    this.protocol = protocol;
    this.ofCopy = ofCopy;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ofCopy.set(new Condition(request.getHeader("If-Match"), request.getHeader("If-None-Match")));
    try (InputStream in = request.getInputStream()) {
      protocol.doHandle(request, request, response, in, new S3ProxyHandler.RequestContext());
    } catch (IOException | RuntimeException e) {
      refuse(request, response, e);
    } finally {
      ofCopy.remove();
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, Exception e)
      throws IOException {
    List<Throwable> causes = Throwables.getCausalChain(e);
    if (causes.stream().anyMatch(EofException.class::isInstance)) return; // the caller went away
    // What a stream refuses (a wrong checksum, say) comes wrapped.
    AwsServiceException refusal =
        causes.stream()
            .filter(AwsServiceException.class::isInstance)
            .map(AwsServiceException.class::cast)
            .findFirst()
            .orElse(null);
    if (response.isCommitted()) throw new IOException("The answer was cut short", e);
    if (refusal != null) {
      protocol.refuse(request, response, refusal);
    } else if (e instanceof IllegalArgumentException) {
      protocol.fail(request, response, 400, "InvalidArgument", e.getMessage());
    } else if (e instanceof UnsupportedOperationException) {
      protocol.fail(request, response, 501, "NotImplemented", e.getMessage());
    } else {
      LOG.error("{} of an object failed", request.getMethod(), e);
      protocol.fail(request, response, 500, "InternalError", e.toString());
    }
  }
}
