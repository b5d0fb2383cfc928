// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.loopback;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A handler that listens on 127.0.0.1, for HTTP/1.1 and for HTTP/2 without TLS (as the AWS SDK's
 * asynchronous clients speak it).
 */
public final class LoopbackHttp implements AutoCloseable {
  private static final int THREADS = 64;
  private final Server jetty;
  private final ServerConnector connector;

  private LoopbackHttp(Server jetty, ServerConnector connector) {
    this.jetty = jetty;
    this.connector = connector;
  }

  /**
   * Starts to listen.
   *
   * @param name of the server, for its threads and for errors
   * @param port 0 takes a free one
   */
  public static LoopbackHttp start(String name, int port, Handler handler) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName(name);
    threads.setDaemon(true);
    Server jetty = new Server(threads);
    ServerConnector connector = connector(jetty, port);
    jetty.addConnector(connector);
    jetty.setHandler(handler);
    LoopbackHttp started = new LoopbackHttp(jetty, connector);
    try {
      jetty.start();
    } catch (Exception e) {
      started.close();
      throw new IOException(
          "The " + name + " server cannot listen on 127.0.0.1:" + port + ": " + e, e);
    }
    return started;
  }

  private static ServerConnector connector(Server jetty, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Keys of objects may hold whatever percent-encoding can carry.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(HttpCompliance.LEGACY);
    ServerConnector connector =
        new ServerConnector(
            jetty, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(5));
    return connector;
  }

  public int port() {
    return connector.getLocalPort();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("A server on 127.0.0.1 did not stop: " + e, e);
    } finally {
      jetty.destroy();
    }
  }
}
