// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes -> one piece with its length if small, so that errors can still replace it; a
 * flow if large.
 */
final class ReplyStream extends OutputStream {
  private static final int SMALL = 64 << 10;
  private final Response response;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream(1 << 10);
  private @Nullable OutputStream flow;

  ReplyStream(Response response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (length > SMALL) {
      send();
      flow().write(bytes, from, length);
    } else {
      if (held.size() + length > SMALL) send();
      held.write(bytes, from, length);
    }
  }

  boolean isSent() {
    return flow != null;
  }

  /** Forgets what is not sent yet. */
  void reset() {
    held.reset();
  }

  private OutputStream flow() {
    if (flow == null) flow = Content.Sink.asOutputStream(response);
    return flow;
  }

  private void send() throws IOException {
    held.writeTo(flow());
    held.reset();
  }

  /** The end of the answer. */
  void finish(Callback callback) throws IOException {
    if (flow == null) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, held.size());
      response.write(true, ByteBuffer.wrap(held.toByteArray()), callback);
    } else {
      send();
      flow.close();
      callback.succeeded();
    }
  }
}
