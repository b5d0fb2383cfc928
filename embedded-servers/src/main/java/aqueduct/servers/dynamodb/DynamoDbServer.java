// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.dynamodb;

import aqueduct.servers.loopback.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * A directory -> a DynamoDB endpoint on 127.0.0.1 (DynamoDB local, one SQLite file for all keys and
 * regions).
 *
 * <p>Only its handler is used: its own server would listen on every address and report its use to
 * AWS.
 */
public final class DynamoDbServer implements AutoCloseable {
  private final LocalDynamoDBRequestHandler tables;
  private final LoopbackHttp http;

  private DynamoDbServer(LocalDynamoDBRequestHandler tables, LoopbackHttp http) {
    this.tables = tables;
    this.http = http;
  }

  /**
   * Starts on the tables that are in the directory.
   *
   * @param port 0 takes a free one
   */
  public static DynamoDbServer start(Path data, int port) throws IOException {
    String directory = Files.createDirectories(data).toAbsolutePath().toString();
    LocalDynamoDBRequestHandler tables =
        new LocalDynamoDBRequestHandler(0, false, directory, true, false);
    try {
      LoopbackHttp http =
          LoopbackHttp.start("dynamodb", port, new LocalDynamoDBServerHandler(tables, null));
      return new DynamoDbServer(tables, http);
    } catch (IOException e) {
      tables.shutdown();
      throw e;
    }
  }

  public URI endpoint() {
    return http.endpoint();
  }

  @Override
  public void close() {
    http.close();
    tables.shutdown();
  }
}
