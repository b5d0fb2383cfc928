// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.servers.SdkClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ConditionsTest extends S3Conditions {
  private static final List<String> SENT = new CopyOnWriteArrayList<>();
  @TempDir static Path data;
  private static S3Server server;
  private static S3Client client;

  @BeforeAll
  static void start() throws IOException {
    server =
        S3Server.start(
            data,
            0,
            "us-east-1",
            Clock.systemUTC(),
            Map.of("told", "arrived-files"),
            (queue, body) -> SENT.add(body));
    client = SdkClients.s3(server.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Override
  S3Client s3() {
    return client;
  }

  @Test
  void a_refused_writer_notifies_nobody() throws Exception {
    OnS3.winners(
        40,
        () ->
            client.putObject(
                b -> b.bucket("told").key("race").ifNoneMatch("*"), RequestBody.fromString("1")));
    assertThat(SENT).filteredOn(m -> m.contains("ObjectCreated:Put")).hasSize(1);
  }
}
