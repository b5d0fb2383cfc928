// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.sqs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticmq.persistence.sql.DB$;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import scalikejdbc.Commons2ConnectionPoolFactory$;
import scalikejdbc.ConnectionPool;
import scalikejdbc.ConnectionPoolSettings;

/**
 * The H2 database of ElasticMQ's messages. ElasticMQ has one for the whole JVM, made once and never
 * closed; so this gives it out to one server at a time, and closes it.
 */
final class MessageDatabase implements AutoCloseable {
  private static final AtomicReference<Path> IN_USE = new AtomicReference<>();
  private final Path directory;

  private MessageDatabase(Path directory) {
    this.directory = directory;
  }

  static MessageDatabase open(Path directory) throws IOException {
    Path other = IN_USE.compareAndExchange(null, directory);
    if (other != null) {
      throw new IOException(
          "An SQS server in this JVM keeps its messages in "
              + other
              + " already: close it, or keep none in one of them.");
    }
    MessageDatabase database = new MessageDatabase(directory);
    DB$.MODULE$.initializeSingleton(database.config());
    // Only the first call in a JVM has an effect; this one always has.
    ConnectionPool.singleton(
        database.uri(), "", "", pool(), Commons2ConnectionPoolFactory$.MODULE$);
    return database;
  }

  SqlQueuePersistenceConfig config() {
    return new SqlQueuePersistenceConfig(true, "org.h2.Driver", uri(), "", "", false);
  }

  private String uri() {
    // Written with each message, not half a second later: what was acknowledged survives kill -9.
    return "jdbc:h2:file:" + directory.resolve("messages").toAbsolutePath() + ";WRITE_DELAY=0";
  }

  private static ConnectionPoolSettings pool() {
    return new ConnectionPoolSettings(
        1,
        2,
        ConnectionPoolSettings.apply$default$3(),
        ConnectionPoolSettings.apply$default$4(),
        ConnectionPoolSettings.apply$default$5(),
        ConnectionPoolSettings.apply$default$6(),
        ConnectionPoolSettings.apply$default$7(),
        ConnectionPoolSettings.apply$default$8());
  }

  @Override
  public void close() {
    ConnectionPool.closeAll();
    IN_USE.compareAndSet(directory, null);
  }
}
