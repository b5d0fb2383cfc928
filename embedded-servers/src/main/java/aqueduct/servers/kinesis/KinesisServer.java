// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory -> a Kinesis endpoint on 127.0.0.1, for HTTP/1.1 and for HTTP/2 without TLS (as the
 * SDK's asynchronous client speaks it).
 *
 * <p>Promises: what was acknowledged survives the death of the process (not of the machine: there
 * is no fsync per record); a record cut by that death is removed at the next start; sequence
 * numbers and arrival times only rise; memory does not grow with what is stored. Credentials are
 * not checked.
 */
public final class KinesisServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KinesisServer.class);
  private static final int EXPIRY_SECONDS = 30;
  private final Server jetty;
  private final ServerConnector connector;
  private final DataStreams streams;
  private final RecordCalls records;
  private final ScheduledExecutorService expiry;

  private KinesisServer(DataStreams streams, KinesisSettings settings) {
    this.streams = streams;
    this.records = new RecordCalls(streams, settings.throttling());
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setName("kinesis");
    threads.setDaemon(true);
    this.jetty = new Server(threads);
    this.connector = connector(jetty, settings.port());
    jetty.addConnector(connector);
    jetty.setHandler(
        new KinesisHandler(
            new StreamCalls(streams, settings.region()),
            new ShardCalls(streams, settings.region()),
            records));
    this.expiry =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "kinesis-expiry");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static ServerConnector connector(Server jetty, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(
            jetty, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(5));
    return connector;
  }

  /** Starts on the streams that are in the directory. */
  public static KinesisServer start(Path data, KinesisSettings settings) throws IOException {
    DataStreams streams = DataStreams.open(data, settings);
    KinesisServer server = new KinesisServer(streams, settings);
    try {
      server.jetty.start();
    } catch (Exception e) {
      server.close();
      throw new IOException(
          "The Kinesis server cannot listen on 127.0.0.1:" + settings.port() + ": " + e, e);
    }
    var unused =
        server.expiry.scheduleWithFixedDelay(
            server::expire, EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
    return server;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Changes what is refused, from now on. */
  public void throttle(Throttling throttling) {
    records.throttle(throttling);
  }

  /** Removes records beyond their retention now; happens by itself every half minute. */
  public void expire() {
    try {
      streams.expire();
    } catch (RuntimeException e) {
      LOG.error("Old records could not be removed; will be tried again", e);
    }
  }

  @Override
  public void close() {
    expiry.shutdownNow();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The Kinesis server did not stop: " + e, e);
    } finally {
      jetty.destroy();
      streams.close();
    }
  }
}
