// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.system.GivenFile;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.Codec;
import aqueduct.logs.FileLedger.Claim.Claimed;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Row 53: what was rejected comes back after a mend, to the unit, however often it is tried. */
class RecoverTest {
  private static final String DAY = "2026-08-15";

  /** Shorter than many lines, but not than the header: what a wrongly set streamify had. */
  private static final ReadLimits TOO_LOW = new ReadLimits(2L << 30, 200, 500);

  @TempDir Path directory;
  private final LocalSystem system = SharedPipeline.system();

  @Test
  void lines_that_a_lower_limit_refused_are_recovered_once_however_often_it_is_tried()
      throws IOException {
    Expected expected =
        new Traffic()
            .write(
                new TrafficPlan(
                    3_000, 9, Instant.parse(DAY + "T10:00:00Z"), 4, TrafficPlan.Mix.TYPICAL, 0, 33),
                directory,
                file -> {});
    long refused = 0;
    long events = 0;
    for (Path file : SharedPipeline.logs(directory)) {
      FileSummary summary = streamifyWithTooLowALimit(file);
      refused += summary.rejected();
      events += summary.events();
    }
    assertThat(refused).isBetween(100L, 2_900L);
    assertThat(events).isEqualTo(3_000 - refused);

    Cli plan = recover("--dry-run");
    assertThat(plan.out()).contains("files-to-replay");
    Cli first = recover();
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(sum(first, 1)).isEqualTo(refused);
    assertThat(sum(first, 2)).isEqualTo(refused);
    assertThat(sum(first, 3)).isZero();
    assertThat(Counts.stored(SharedPipeline.DATA, DAY)).isEqualTo(Counts.of(expected));

    Cli again = recover();
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(Counts.stored(SharedPipeline.DATA, DAY)).isEqualTo(Counts.of(expected));
  }

  private static Cli recover(String... more) {
    List<String> words = new ArrayList<>(List.of("bad", "recover", "--reason", "too_long"));
    words.addAll(List.of("--format", "csv"));
    words.addAll(List.of(more));
    words.addAll(List.of("--data", SharedPipeline.DATA.toString()));
    return Cli.run(words.toArray(String[]::new));
  }

  private static long sum(Cli cli, int column) {
    return cli.lines().stream()
        .skip(1)
        .mapToLong(line -> Long.parseLong(line.split(",", -1)[column]))
        .sum();
  }

  /** The file is done in the ledger before the element of this pipeline hears of it. */
  private FileSummary streamifyWithTooLowALimit(Path path) throws IOException {
    GivenFile given = GivenFile.of(path);
    String bucket = system.topology().backup();
    LogFile file = new LogFile(bucket, given.name(), given.etag(), given.size());
    Instant now = Instant.now();
    Claimed claim = (Claimed) system.ledger().claim(file, "earlier", now, Duration.ofMinutes(1));
    Sent sent = new Sent();
    FileSummary summary;
    try (InputStream in = Files.newInputStream(path)) {
      summary = new FileStreamer(file, Codec.ZSTD, TOO_LOW, sent).stream(in);
    }
    sent.put("rejected-logs", RejectionPacker.pack(sent.rejections));
    sent.put("raw-logs", sent.chunks);
    assertThat(system.ledger().finish(claim, summary, now)).isTrue();
    system.s3().putObject(put -> put.bucket(bucket).key(given.name()), RequestBody.fromFile(path));
    return summary;
  }

  private final class Sent implements FileStreamer.Outlet {
    private final List<PackedRecord> chunks = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    @Override
    public void chunk(PackedRecord record, ChunkHeader header) {
      chunks.add(record);
    }

    @Override
    public void rejected(Rejection rejection) {
      rejections.add(rejection);
    }

    void put(String pipe, List<PackedRecord> records) {
      try (KinesisClient kinesis = KinesisClient.create()) {
        for (PackedRecord record : records) {
          kinesis.putRecord(
              put ->
                  put.streamName(system.topology().prefix() + pipe)
                      .partitionKey(record.partitionKey())
                      .data(SdkBytes.fromByteArray(record.data())));
        }
      }
    }
  }
}
