// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RejectionPacker;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.kinesis.model.Record;

/** What each element is put through. */
final class Scenarios {
  static final List<Scenario> ALL =
      List.of(new Backup(), new Router(), new Streamify(), new Enrich(), new Quarantine());

  /** Of each file of enrich's scenario: two chunks. */
  static final int LINES = 1_200;

  private static final String REJECTED = "rejected-logs";

  private Scenarios() {}

  /** The same in each world; otherwise they are made at random. */
  static void visitorKeys(World world) {
    for (String day : List.of("2026-03-01", "2026-03-02", "lasting")) {
      Inputs.object(world, "visitor-keys", day + ".key", "0a".repeat(32).getBytes(UTF_8));
    }
  }

  static Scenario of(String element) {
    return ALL.stream().filter(s -> s.element().equals(element)).findFirst().orElseThrow();
  }

  private record Backup() implements Scenario {
    @Override
    public String element() {
      return "backup";
    }

    @Override
    public void prepare(World world) {
      for (String key : List.of("a.gz", "b.gz", "directly.gz")) {
        Inputs.object(world, "ingest", key, LogFiles.file(5));
      }
      Inputs.object(world, "ingest", "empty.gz", new byte[0]);
      // What a worker left behind that was killed while it copied.
      world.s3.createMultipartUpload(r -> r.bucket("backup").key("b.gz"));
      Inputs.send(
          world,
          "arrived-files",
          Inputs.event("ingest", "a.gz"),
          Inputs.event("ingest", "a.gz"),
          "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"ingest\"}",
          Inputs.event("someone-elses", "a.gz"),
          Inputs.event("ingest", "never-was.gz"),
          "no notice at all",
          Inputs.event("ingest", "empty.gz"),
          Inputs.event("ingest", "b.gz"));
    }

    @Override
    public void run(World world, Running element) throws Exception {
      element.drainQueue("arrived-files");
      element.notice("arrived-files", Inputs.event("ingest", "directly.gz"));
    }
  }

  private record Router() implements Scenario {
    @Override
    public String element() {
      return "router";
    }

    @Override
    public Form onLambda() {
      return Form.LAMBDA_IMAGE;
    }

    @Override
    public void prepare(World world) {
      Inputs.send(
          world,
          "kept-files",
          Inputs.event("backup", "a.gz"),
          Inputs.event("backup", "b.gz"),
          Inputs.event("ingest", "a.gz"),
          "{}{");
    }

    @Override
    public void run(World world, Running element) throws Exception {
      element.drainQueue("kept-files");
      element.notice("kept-files", Inputs.event("backup", "directly.gz"));
    }
  }

  private record Streamify() implements Scenario {
    private static final String QUEUE = "files-to-stream-production";

    @Override
    public String element() {
      return "streamify";
    }

    @Override
    public Form onLambda() {
      return Form.LAMBDA_IMAGE;
    }

    @Override
    public void prepare(World world) {
      Inputs.object(world, "backup", "a.gz", LogFiles.file(2_500));
      Inputs.object(world, "backup", "empty.gz", new byte[0]);
      Inputs.object(world, "backup", "damaged.gz", "not gzip at all".getBytes(UTF_8));
      Inputs.send(
          world,
          QUEUE,
          Inputs.event("backup", "a.gz"),
          Inputs.event("backup", "empty.gz"),
          Inputs.event("backup", "damaged.gz"),
          Inputs.event("backup", "never-was.gz"),
          Inputs.event("ingest", "a.gz"));
    }

    @Override
    public void run(World world, Running element) throws Exception {
      element.drainQueue(QUEUE);
      Inputs.send(world, QUEUE, Inputs.event("backup", "a.gz"));
      element.drainQueue(QUEUE);
      Inputs.send(world, "files-to-replay", "{\"bucket\":\"backup\",\"key\":\"a.gz\"}", "no order");
      element.drainQueue("files-to-replay");
    }
  }

  private record Enrich() implements Scenario {
    @Override
    public String element() {
      return "enrich";
    }

    @Override
    public void prepare(World world) throws IOException {
      Dictionary.put(world, world.directory());
      visitorKeys(world);
      List<PackedRecord> chunks = new ArrayList<>();
      for (int file = 0; file < 8; file++) {
        chunks.addAll(LogFiles.chunks("f" + file + ".gz", LINES));
      }
      int number = 0;
      for (PackedRecord chunk : chunks) {
        byte[] data = chunk.data().clone();
        if (number == 3) data[data.length / 2] ^= 1; // magic right, digest wrong
        Inputs.record(world, "raw-logs", chunk.partitionKey(), data);
        if (number++ == 5) Inputs.record(world, "raw-logs", "poison", new byte[] {0x0a, 0x7f, 1});
      }
    }

    @Override
    public void run(World world, Running element) throws Exception {
      element.drainStream("raw-logs");
    }

    @Override
    public List<String> checkpoints(World world, Running element) {
      return places(world, element, "raw-logs");
    }

    /** A day without a key gets one at random. */
    @Override
    public void afterwards(World world, Running element) throws Exception {
      world.s3.deleteObject(r -> r.bucket("visitor-keys").key("2026-03-01.key"));
      world.s3.deleteObject(r -> r.bucket("visitor-keys").key("2026-03-02.key"));
      Inputs.record(world, "raw-logs", LogFiles.chunks("new-day.gz", 10, "2026-03-07").get(0));
      element.drainStream("raw-logs");
    }
  }

  private record Quarantine() implements Scenario {
    @Override
    public String element() {
      return "quarantine";
    }

    @Override
    public void prepare(World world) {
      rejections(world);
    }

    @Override
    public void run(World world, Running element) throws Exception {
      element.drainStream(REJECTED);
    }
  }

  /**
   * The bucket is away until the element was told so: what it could not keep must come again. Not
   * among {@link #ALL}: the recorder notes a 404 as a right to list the bucket, which the role has
   * not.
   */
  record Outage() implements Scenario {
    @Override
    public String element() {
      return "quarantine";
    }

    @Override
    public void prepare(World world) {
      rejections(world);
      world.s3.deleteBucket(r -> r.bucket("rejected"));
    }

    @Override
    public void run(World world, Running element) throws Exception {
      CompletableFuture<Void> repair = CompletableFuture.runAsync(() -> repair(world));
      element.drainStream(REJECTED);
      repair.get();
    }

    @Override
    public List<String> checkpoints(World world, Running element) {
      return places(world, element, REJECTED);
    }

    private static void repair(World world) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Recorder.actions(world.calls).contains("s3:rejected ListBucket"));
      world.s3.createBucket(r -> r.bucket("rejected"));
    }
  }

  /** The records behind the sequence numbers, which differ from run to run. */
  private static List<String> places(World world, Running element, String stream) {
    Set<String> done = element.checkpoints();
    return State.records(world, stream).stream()
        .filter(record -> done.contains(record.sequenceNumber()))
        .map(Record::partitionKey)
        .sorted()
        .toList();
  }

  private static void rejections(World world) {
    for (String reason : List.of("bad_date", "bad_status")) {
      Rejection rejection =
          Rejection.newBuilder()
              .setStage("streamify")
              .setReason(reason)
              .setKey("E1.2026-03-01-10.gz")
              .setLine(7)
              .build();
      RejectionPacker.pack(List.of(rejection))
          .forEach(record -> Inputs.record(world, REJECTED, record));
    }
    Inputs.record(world, REJECTED, "torn", new byte[] {1, 2, 3});
  }
}
