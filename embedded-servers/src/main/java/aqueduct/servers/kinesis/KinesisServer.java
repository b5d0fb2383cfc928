// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import aqueduct.servers.loopback.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private final DataStreams streams;
  private final RecordCalls records;
  private final LoopbackHttp http;
  private final ScheduledExecutorService expiry;

  private KinesisServer(DataStreams streams, RecordCalls records, LoopbackHttp http) {
    this.streams = streams;
    this.records = records;
    this.http = http;
    this.expiry =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "kinesis-expiry");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts on the streams that are in the directory. */
  public static KinesisServer start(Path data, KinesisSettings settings) throws IOException {
    DataStreams streams = DataStreams.open(data, settings);
    RecordCalls records = new RecordCalls(streams, settings.throttling());
    KinesisHandler handler =
        new KinesisHandler(
            new StreamCalls(streams, settings.region()),
            new ShardCalls(streams, settings.region()),
            records);
    try {
      KinesisServer server =
          new KinesisServer(
              streams, records, LoopbackHttp.start("kinesis", settings.port(), handler));
      var unused =
          server.expiry.scheduleWithFixedDelay(
              server::expire, EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
      return server;
    } catch (IOException e) {
      streams.close();
      throw e;
    }
  }

  public URI endpoint() {
    return http.endpoint();
  }

  /** Makes a stream if there is none of that name. */
  public void ensureStream(String name, int shards) throws IOException {
    if (!streams.names().contains(name)) streams.create(name, shards, 1024, Map.of());
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
    http.close();
    streams.close();
  }
}
