// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileStreamer;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordSink.Transfer;
import aqueduct.logs.RecoveredLines;
import aqueduct.logs.notice.ReplayOrder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * An operator's order -> chunks of a kept file on {@code raw-logs} again: all of them under their
 * own ids, of which those that were applied before change nothing, or the lines that were rejected
 * and can be read now, each in a chunk of its own. May be repeated at will.
 */
public final class ReplayFunction implements Consumer<Message<byte[]>> {
  private static final Logger log = LoggerFactory.getLogger(ReplayFunction.class);
  private final String bucket;
  private final ReplayableFiles files;
  private final StreamSettings settings;
  private final RecordSink sink;
  private final MeterRegistry meters;

  ReplayFunction(
      String bucket,
      ReplayableFiles files,
      StreamSettings settings,
      RecordSink sink,
      MeterRegistry meters) {
    this.bucket = bucket;
    this.files = files;
    this.settings = settings;
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public void accept(Message<byte[]> message) {
    ReplayOrder order = ReplayOrder.read(message.getPayload());
    if (!order.bucket().equals(bucket)) {
      throw new IllegalArgumentException(
          "the order names bucket "
              + order.bucket()
              + ", this element reads "
              + bucket
              + ": check aqueduct.streamify.bucket and who sent it");
    }
    files
        .find(order.bucket(), order.key())
        .ifPresentOrElse(
            file -> replay(file, order),
            () ->
                log.warn(
                    "{} holds what an erasure left of it, which was counted before: not replayed",
                    order.key()));
  }

  private void replay(KeptFile file, ReplayOrder order) {
    try (InputStream content = file.content().get();
        Transfer chunks = sink.open(settings.rawLogs());
        Transfer rejected = sink.open(settings.rejectedLogs())) {
      ChunksAndRejections all = new ChunksAndRejections(chunks, rejected);
      if (order.scope() == ReplayOrder.Scope.CHUNKS) {
        stream(file, content, all);
      } else {
        RecoveredLines lines = new RecoveredLines(wanted(order), settings.codec(), all);
        stream(file, content, lines);
        meters.counter("aqueduct.streamify.recovered").increment(lines.recovered());
        log.info("{}: {} lines recovered", file.file().key(), lines.recovered());
      }
      all.flush();
      rejected.finish();
      chunks.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "file " + file.file().key() + " could not be read to its end: will be tried again", e);
    }
    meters
        .counter(
            "aqueduct.streamify.replayed", "scope", order.scope().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  private void stream(KeptFile file, InputStream content, FileStreamer.Outlet outlet)
      throws IOException {
    settings.streamer(file.file(), outlet).stream(content);
  }

  private static IntPredicate wanted(ReplayOrder order) {
    Set<Integer> lines = new HashSet<>(order.lines());
    return order.scope() == ReplayOrder.Scope.ALL_LINES ? line -> line > 0 : lines::contains;
  }
}
