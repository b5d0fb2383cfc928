// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredThingsTest {
  @TempDir Path directory;

  @Test
  void queues_with_their_dead_letters_streams_and_buckets_are_made_and_calls_are_not()
      throws IOException {
    Path file = directory.resolve("topology.yml");
    Files.writeString(
        file,
        """
        aqueduct:
          pipe-prefix: "my-"
          buckets: {ingest: {name: my-ingest, notifies: arrived}}
          pipes:
            arrived: {kind: sqs, dead-letter: arrived-dlq, max-receives: 3, visibility: 2m}
            raw: {kind: kinesis, shards: 2}
            within: {kind: direct}
        """);

    ServersTopology made = DeclaredThings.of(TopologyReader.read(file, List.of()));

    assertThat(made.queues())
        .containsExactly(
            QueueSpec.plain("my-arrived-dlq"),
            new QueueSpec("my-arrived", "my-arrived-dlq", 3, Duration.ofMinutes(2)));
    assertThat(made.streams()).containsExactly(new StreamSpec("my-raw", 2));
    assertThat(made.buckets()).containsExactly(new BucketSpec("my-ingest", "my-arrived"));
  }
}
