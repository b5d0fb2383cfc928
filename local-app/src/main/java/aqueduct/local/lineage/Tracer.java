// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.rejected.RejectedItems;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.metrics.MetricStore;
import aqueduct.servers.EmbeddedServers;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person knows of a line, its request id or its file and number -> its trace. */
public final class Tracer {
  private static final Pattern FILE_AND_LINE = Pattern.compile("(.+):(\\d{1,9})");
  private final StoredSystem stored;
  private final StreamSearch streams;
  private final FileLedger ledger;
  private final MetricStore metrics;

  public Tracer(StoredSystem stored) {
    this.stored = stored;
    streams =
        new StreamSearch(EmbeddedServers.kinesisData(stored.data()), stored.topology().prefix());
    ledger = stored.ledger();
    metrics = stored.metrics();
  }

  /**
   * Traces an {@code x-edge-request-id}, or {@code FILE:LINE} where FILE is a key or how it ends.
   *
   * @param rejected rejections that are still on the stream, as JSON lines
   */
  public Trace trace(String what, Iterable<String> rejected) throws IOException {
    Matcher place = FILE_AND_LINE.matcher(what);
    if (!place.matches()) return request(what, rejected);
    int line = Integer.parseInt(place.group(2));
    List<Entry> files = files(place.group(1));
    if (files.isEmpty()) {
      throw new IOException(
          "No file whose name ends in " + place.group(1) + " was streamed: see ./aqueduct status");
    }
    for (Entry file : files) {
      Trace trace = line(file.file().fileId(), line, rejected);
      if (!trace.isEmpty() || files.size() == 1) return trace;
    }
    throw new IOException("None of the files of that name has a line " + line);
  }

  private List<Entry> files(String name) {
    try (Stream<Entry> entries = ledger.entries()) {
      return entries
          .filter(e -> e.file().key().equals(name) || e.file().key().endsWith("/" + name))
          .toList();
    }
  }

  private Trace request(String id, Iterable<String> rejected) throws IOException {
    Wanted wanted = new Wanted.Request(id);
    Optional<Found> found = streams.find("raw-logs", "RawLog", wanted); // the smaller messages
    if (found.isEmpty()) found = streams.find("enriched-logs", "EnrichedLog", wanted);
    if (found.isEmpty()) return rejectedRequest(id, rejected);
    RawLog event = event(found.get());
    return line(event.getFileId(), event.getLine(), rejected);
  }

  /** A rejected line has no field with the request's id, but the id may be in its bytes. */
  private Trace rejectedRequest(String id, Iterable<String> rejected) throws IOException {
    Optional<RejectedItem> item =
        RejectedItems.read(stored, rejected, one -> one.line() > 0 && one.holds(id)).stream()
            .findFirst();
    return item.isPresent()
        ? line(HexFormat.fromHexDigitsToLong(item.get().fileId()), item.get().line(), rejected)
        : Trace.NOTHING;
  }

  /** File and line have the same numbers in both messages. */
  private static RawLog event(Found found) throws IOException {
    try {
      return RawLog.parseFrom(found.message());
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("The event on " + found.pipe() + " cannot be read", e);
    }
  }

  private Trace line(long fileId, int line, Iterable<String> rejected) throws IOException {
    Wanted wanted = new Wanted.Line(fileId, line);
    Optional<Found> enriched = streams.find("enriched-logs", "EnrichedLog", wanted);
    boolean applied =
        enriched.isPresent() && !metrics.appliedAmong(Set.of(enriched.get().chunk())).isEmpty();
    String id = HexFormat.of().toHexDigits(fileId);
    return new Trace(
        ledger.find(fileId),
        line,
        streams.find("raw-logs", "RawLog", wanted),
        enriched,
        List.copyOf(
            RejectedItems.read(
                stored,
                rejected,
                item -> item.fileId().equals(id) && (item.line() == line || item.line() == 0))),
        applied,
        applied ? enriched.flatMap(found -> metrics.windowAt(found.arrival())) : Optional.empty(),
        enriched.map(found -> MetricCell.of(found.message(), metrics)).orElse(List.of()));
  }
}
