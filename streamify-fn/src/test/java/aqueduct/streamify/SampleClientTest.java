// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What docs/reading-the-streams.md shows is compiled and run as a stranger would. */
class SampleClientTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?class PrintEvents.*?)```", Pattern.DOTALL);

  /** {@code logs/target/classes}, {@code logs-0.1.0-SNAPSHOT.jar}. */
  private static final String LOGS =
      ".*[/\\\\]logs([/\\\\]target[/\\\\](classes|logs-[^/]*\\.jar)|-\\d[^/]*\\.jar)";

  @TempDir Path folder;

  @Test
  void the_client_of_the_docs_prints_the_events_of_both_codecs_once() throws Exception {
    Path source = folder.resolve("PrintEvents.java");
    Files.writeString(source, program());
    ServersTopology streams =
        new ServersTopology(List.of(), List.of(new StreamSpec("raw-logs", 2)), List.of());
    try (EmbeddedServers servers =
        EmbeddedServers.start(
            folder.resolve("data"), ServersSettings.only(Server.KINESIS), streams)) {
      put(servers, chunk(Codec.ZSTD, 1), chunk(Codec.KPL, 3), chunk(Codec.ZSTD, 1));

      List<String> printed = run(servers, source);

      assertThat(printed).hasSize(4);
      assertThat(String.join("\n", printed))
          .contains("/1")
          .contains("/2")
          .contains("/3")
          .contains("/4");
      assertThat(printed).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }
  }

  private static String program() throws Exception {
    Path root = Path.of(System.getProperty("aqueduct.root", ".."));
    Matcher matcher =
        PROGRAM.matcher(Files.readString(root.resolve("docs/reading-the-streams.md")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static PackedRecord chunk(Codec codec, int firstLine) {
    Packer packer = new Packer(codec);
    for (int line = firstLine; line < firstLine + 2; line++) {
      byte[] event =
          RawLog.newBuilder()
              .setFileId(7)
              .setLine(line)
              .setTimeUs(1_575_493_351_000_000L)
              .setUrlPath("/" + line)
              .build()
              .toByteArray();
      packer.add(event, 0, event.length);
    }
    return packer.pack(
        ChunkHeader.newBuilder()
            .setFileId(7)
            .setFirstLine(firstLine)
            .setLines(2)
            .setMessageType("RawLog")
            .build());
  }

  private static void put(EmbeddedServers servers, PackedRecord... records) {
    var env = servers.endpoints().env();
    try (KinesisClient kinesis =
        KinesisClient.builder()
            .endpointOverride(java.net.URI.create(env.get("AWS_ENDPOINT_URL_KINESIS")))
            .region(software.amazon.awssdk.regions.Region.of(env.get("AWS_REGION")))
            .credentialsProvider(
                software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                    software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
                        env.get("AWS_ACCESS_KEY_ID"), env.get("AWS_SECRET_ACCESS_KEY"))))
            .build()) {
      for (PackedRecord record : records) {
        kinesis.putRecord(
            request ->
                request
                    .streamName("raw-logs")
                    .partitionKey(record.partitionKey())
                    .data(SdkBytes.fromByteArray(record.data())));
      }
    }
  }

  /** By the JDK's source launcher, with the logs jar and the SDK and nothing else of ours. */
  private List<String> run(EmbeddedServers servers, Path source) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                libraries(),
                source.toString(),
                "raw-logs")
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().putAll(servers.endpoints().env());
    Process client = builder.start();
    boolean ended = client.waitFor(2, TimeUnit.MINUTES);
    assertThat(ended && client.exitValue() == 0)
        .as(Files.readString(folder.resolve("errors"), UTF_8))
        .isTrue();
    return Files.readAllLines(output, UTF_8);
  }

  private static String libraries() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(path -> isOurs(path) ? path.matches(LOGS) : !path.matches(".*(spring|logback).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOurs(String path) {
    return path.startsWith(System.getProperty("aqueduct.root", "../")) || path.contains("SNAPSHOT");
  }
}
