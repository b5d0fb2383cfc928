// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import aqueduct.servers.loopback.LoopbackHttp;
import aqueduct.servers.s3.awssdk.Condition;
import aqueduct.servers.s3.awssdk.ObjectEvents;
import aqueduct.servers.s3.awssdk.ObjectStore;
import aqueduct.servers.s3.awssdk.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory -> an S3 endpoint on 127.0.0.1 (path style), of s3proxy's protocol and our {@link
 * ObjectStore}, that notifies queues of new objects. A notification is sent before the caller has
 * its answer; where that fails the object stays and {@link #renotify} makes up for it. Credentials
 * are not checked.
 */
public final class S3Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3Server.class);
  private final ObjectStore store;
  private final LoopbackHttp http;
  private final Notifier notifier;

  private S3Server(ObjectStore store, LoopbackHttp http, Notifier notifier) {
    this.store = store;
    this.http = http;
    this.notifier = notifier;
  }

  /**
   * Starts on the buckets that are in the directory, and the buckets named.
   *
   * @param port 0 takes a free one
   * @param buckets to be there, each with the queue to notify, or an empty text for none
   */
  public static S3Server start(
      Path data, int port, String region, Clock clock, Map<String, String> buckets, Outbox outbox)
      throws IOException {
    Notifier notifier = new Notifier(region, Map.copyOf(buckets), outbox);
    ThreadLocal<Condition> ofCopy = ThreadLocal.withInitial(() -> Condition.NONE);
    ObjectStore store = ObjectStore.open(data.resolve("buckets"), clock, notifier, ofCopy::get);
    LoopbackHttp http;
    try {
      for (String bucket : buckets.keySet()) store.ensureBucket(bucket);
      http = LoopbackHttp.start("s3", port, handler(store, ofCopy));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw new IOException("The S3 server cannot start in " + data + ": " + e.getMessage(), e);
    }
    S3Server server = new S3Server(store, http, notifier);
    try {
      for (Map.Entry<String, String> bucket : buckets.entrySet()) {
        server.configure(data.resolve("notifications"), bucket.getKey(), bucket.getValue(), clock);
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw new IOException(
          "A queue does not take the notifications of its bucket: " + e.getMessage(), e);
    }
  }

  private static ServletContextHandler handler(ObjectStore store, ThreadLocal<Condition> ofCopy) {
    ServletContextHandler context = new ServletContextHandler();
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new ServletHolder(new S3Servlet(new S3Protocol(store), ofCopy)), "/*");
    return context;
  }

  /** A queue that a bucket did not notify before gets S3's test event, once. */
  private void configure(Path notifications, String bucket, String queue, Clock clock)
      throws IOException {
    Path remembered = Files.createDirectories(notifications).resolve(bucket);
    String before = Files.exists(remembered) ? Files.readString(remembered) : "";
    if (queue.isEmpty() || queue.equals(before)) return;
    notifier.outbox().send(queue, Notification.test(bucket, clock.instant()));
    Files.writeString(remembered, queue);
  }

  public URI endpoint() {
    return http.endpoint();
  }

  /**
   * Sends the notification of each object that is in the bucket now, once more; returns how many.
   */
  public int renotify(String bucket) {
    int sent = 0;
    for (StoredObject object : store.objects(bucket)) {
      notifier.send(bucket, "Put", object);
      sent++;
    }
    return sent;
  }

  @Override
  public void close() {
    http.close();
    store.close();
  }

  private record Notifier(String region, Map<String, String> queues, Outbox outbox)
      implements ObjectEvents {
    @Override
    public void created(String bucket, String event, StoredObject object) {
      try {
        send(bucket, event, object);
      } catch (RuntimeException e) {
        LOG.error(
            "The notification of a new object in bucket {} was not taken by its queue", bucket, e);
      }
    }

    void send(String bucket, String event, StoredObject object) {
      String queue = queues.getOrDefault(bucket, "");
      if (!queue.isEmpty()) outbox.send(queue, Notification.of(region, bucket, event, object));
    }
  }
}
