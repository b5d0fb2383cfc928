// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.sqs;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.CreateQueueMetadata;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.List$;

/**
 * A directory -> an SQS endpoint on 127.0.0.1 (ElasticMQ). Queues and messages are in a database
 * there, written before a sender has its answer, so that they survive a restart and the death of
 * the process. Credentials are not checked.
 */
public final class SqsServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final ActorSystem actors;
  private final @Nullable MessageDatabase messages;
  private @Nullable SQSRestServer rest;
  private URI endpoint = URI.create("http://127.0.0.1");
  private SqsCalls calls = new SqsCalls(endpoint);

  private SqsServer(@Nullable MessageDatabase messages) {
    this.messages = messages;
    ClassLoader loader = SqsServer.class.getClassLoader();
    this.actors =
        ActorSystem.create(
            "elasticmq",
            ConfigFactory.parseString(
                    "pekko {loglevel = WARNING, daemonic = on, jvm-shutdown-hooks = off}")
                .withFallback(ConfigFactory.load(loader)),
            loader);
  }

  /**
   * Starts with the queues and messages that are in the directory, and the queues named.
   *
   * @param port 0 takes a free one
   * @param keepMessages whether messages outlive the server; one server in a JVM can do that
   */
  public static SqsServer start(
      Path data, int port, String region, boolean keepMessages, List<QueueSpec> queues)
      throws IOException {
    SqsServer server =
        new SqsServer(keepMessages ? MessageDatabase.open(Files.createDirectories(data)) : null);
    try {
      server.listen(port, region);
      for (QueueSpec queue : queues) server.ensure(queue);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw new IOException(
          "The SQS server cannot start on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
  }

  private void listen(int port, String region) throws IOException {
    Option<ActorRef> keeper = Option.apply(messages == null ? null : keeper(messages));
    ActorRef manager =
        actors.actorOf(
            Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, keeper)));
    if (keeper.isDefined()) restore(keeper.get(), manager);
    rest =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(manager)
            .withInterface("127.0.0.1")
            .withPort(port)
            .withAWSRegion(region)
            .start();
    endpoint = URI.create("http://127.0.0.1:" + rest.waitUntilStarted().localAddress().getPort());
    calls = new SqsCalls(endpoint);
  }

  private ActorRef keeper(MessageDatabase database) {
    scala.collection.immutable.List<CreateQueueMetadata> none = List$.MODULE$.empty();
    return actors.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            () -> new SqlQueuePersistenceActor(database.config(), none)));
  }

  private static void restore(ActorRef keeper, ActorRef manager) throws IOException {
    try {
      Patterns.ask(keeper, new QueueEvent.Restore(manager), PATIENCE)
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while messages were restored", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Stored messages cannot be restored", e);
    }
  }

  /** Makes a queue and its dead letter queue, or gives those that are there these properties. */
  public void ensure(QueueSpec queue) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("VisibilityTimeout", Long.toString(queue.visibility().toSeconds()));
    if (!queue.deadLetter().isEmpty()) {
      calls.ensure(queue.deadLetter(), Map.of());
      attributes.put(
          "RedrivePolicy",
          "{\"deadLetterTargetArn\":\""
              + calls.attribute(queue.deadLetter(), "QueueArn")
              + "\",\"maxReceiveCount\":\""
              + queue.maxReceives()
              + "\"}");
    }
    calls.ensure(queue.name(), attributes);
  }

  /** Sends a message as any client could. */
  public void send(String queue, String body) throws IOException {
    calls.send(queue, body);
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    if (rest != null) rest.stopAndWait();
    rest = null;
    try {
      actors.terminate();
      actors.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      ObjectName metrics = new ObjectName("org.elasticmq:name=Queues");
      if (ManagementFactory.getPlatformMBeanServer().isRegistered(metrics)) {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(metrics);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | JMException e) {
      throw new IllegalStateException("The SQS server did not stop: " + e, e);
    } finally {
      if (messages != null) messages.close();
    }
  }
}
