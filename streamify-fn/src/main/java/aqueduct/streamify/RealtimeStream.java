// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileStreamer;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordStreamer;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.ShardProgress;
import aqueduct.logs.ShardProgress.Span;
import aqueduct.logs.ShardProgress.State;
import aqueduct.logs.cloudfront.RealtimeFields;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of a shard's records -> chunks with the same identity, however often the records come and
 * however the batches are cut: a span is planned before it is sent, and done after the streams have
 * taken it; a planned span that was not done is sent again, exactly as it was planned.
 */
final class RealtimeStream {
  private static final Logger log = LoggerFactory.getLogger(RealtimeStream.class);
  private final RecordStreamer.Settings settings;
  private final RealtimeFields fields;
  private final ShardProgress progress;
  private final ShardRecords shards;
  private final RecordSink sink;
  private final MeterRegistry meters;

  RealtimeStream(
      RecordStreamer.Settings settings, RealtimeFields fields, Ports ports, MeterRegistry meters) {
    this.settings = settings;
    this.fields = fields;
    this.progress = ports.progress();
    this.shards = ports.shards();
    this.sink = ports.sink();
    this.meters = meters;
  }

  /** What is outside. */
  record Ports(ShardProgress progress, ShardRecords shards, RecordSink sink) {}

  /** Returns when the streams have taken all of the batch that they did not have. */
  void run(String stream, String shard, List<StreamRecord> batch) {
    String name = stream + '/' + shard;
    State state = progress.read(name);
    if (state.planned().isPresent()) {
      Span span = state.planned().get();
      sendAgain(stream, shard, span, batch);
      state = done(name, state);
    }
    State sent = state;
    List<StreamRecord> fresh =
        batch.stream().filter(record -> !sent.covers(record.sequenceNumber())).toList();
    meters
        .counter("aqueduct.streamify.realtime.repeated")
        .increment(batch.size() - (double) fresh.size());
    if (!fresh.isEmpty()) {
      Span span = span(fresh);
      if (!progress.plan(name, sent, span)) {
        throw new LeaseLostException(name);
      }
      send(stream, shard, span, fresh);
      done(name, sent.afterPlan(span));
    }
  }

  private State done(String name, State planned) {
    if (!progress.done(name, planned)) {
      throw new LeaseLostException(name);
    }
    return planned.afterDone();
  }

  private static Span span(List<StreamRecord> records) {
    return new Span(
        records.get(0).sequenceNumber(), records.get(records.size() - 1).sequenceNumber());
  }

  private void sendAgain(String stream, String shard, Span span, List<StreamRecord> batch) {
    List<StreamRecord> records = within(span, batch);
    boolean whole = !records.isEmpty() && span(records).equals(span);
    List<StreamRecord> all = whole ? records : shards.read(stream, shard, span);
    if (all.isEmpty()) {
      lost(stream, shard, span);
    } else {
      send(stream, shard, span, all);
    }
  }

  /** A batch holds all of a shard's records between its first and its last. */
  private static List<StreamRecord> within(Span span, List<StreamRecord> batch) {
    return batch.stream()
        .filter(record -> ShardProgress.compare(record.sequenceNumber(), span.first()) >= 0)
        .filter(record -> ShardProgress.compare(record.sequenceNumber(), span.last()) <= 0)
        .toList();
  }

  private void send(String stream, String shard, Span span, List<StreamRecord> records) {
    LogFile name = name(stream, shard, span);
    Collected collected = new Collected();
    RecordStreamer streamer =
        new RecordStreamer(name, stream, settings, fields.reader(name), collected);
    records.forEach(record -> streamer.record(record.sequenceNumber(), record.data()));
    FileSummary summary = streamer.finish();
    // first the rejections: a chunk that says "rejected" follows them
    sink.put("rejected-logs", RejectionPacker.pack(collected.rejections));
    sink.put("raw-logs", collected.chunks);
    meters.counter("aqueduct.streamify.realtime.events").increment((double) summary.events());
    meters.counter("aqueduct.streamify.realtime.rejected").increment((double) summary.rejected());
  }

  /** What a span is called: everything that its chunks are identified by. */
  static LogFile name(String stream, String shard, Span span) {
    return new LogFile(
        "kinesis:" + stream, shard + '/' + span.first() + '-' + span.last(), "realtime", 0);
  }

  private void lost(String stream, String shard, Span span) {
    LogFile name = name(stream, shard, span);
    log.error("{}: {} are not in the stream any more; they may be missing", stream, name.key());
    meters.counter("aqueduct.streamify.realtime.lost").increment();
    Rejection rejection =
        Rejection.newBuilder()
            .setStage("streamify")
            .setReason("records_trimmed")
            .setMessage(
                "A worker died while it sent these records, and they have left the stream before"
                    + " another could: if they did not arrive, only CloudFront's standard logs have"
                    + " them.")
            .setBucket(name.bucket())
            .setKey(name.key())
            .setFileId(name.fileId())
            .setPipe(stream)
            .setSequenceNumber(span.first())
            .build();
    sink.put("rejected-logs", RejectionPacker.pack(List.of(rejection)));
  }

  /** A span is at most one batch, so its chunks are held together. */
  private static final class Collected implements FileStreamer.Outlet {
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
  }
}
