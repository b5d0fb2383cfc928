// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.dataset;

import aqueduct.enrichment.UserAgentDictionary;
import aqueduct.logs.ChunkId;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FieldScan;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Log files of any format -> their user agents, each with how many requests had it. The same files
 * in any order give the same answer.
 */
public final class AgentCounts implements FileStreamer.Outlet {
  private static final long DAY_MICROS = 86_400_000_000L;
  private final Map<String, Long> counts = new HashMap<>();
  private final Unpacker unpacker = new Unpacker("RawLog");
  private final FieldScan event = new FieldScan();
  private final Predicate<LocalDate> wanted;
  private long lastDay = Long.MIN_VALUE;
  private long requests;
  private long rejected;

  /**
   * @param wanted the days whose events count
   */
  public AgentCounts(Predicate<LocalDate> wanted) {
    this.wanted = wanted;
  }

  /** Adds a file's agents. */
  public void add(LogFile file, InputStream content) throws IOException {
    rejected +=
        new FileStreamer(file, Codec.ZSTD, ReadLimits.defaults(), this).stream(content).rejected();
  }

  @Override
  public void chunk(PackedRecord record, ChunkHeader header) {
    try {
      unpacker.unpack(record.data()).forEach(this::event);
    } catch (CorruptRecordException e) {
      throw new IllegalStateException(
          "chunk "
              + new ChunkId(header.getFileId(), header.getFirstLine())
              + " was packed just now",
          e);
    }
  }

  private void event(byte[] buffer, int from, int to) {
    event.scan(buffer, from, to);
    long day = Math.floorDiv(event.number(RawLog.TIME_US_FIELD_NUMBER), DAY_MICROS);
    if (!wanted.test(LocalDate.ofEpochDay(day))) return;
    requests++;
    lastDay = Math.max(lastDay, day);
    int length = event.length(RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER);
    if (length > 0) {
      int start = event.from(RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER);
      counts.merge(new String(buffer, start, length, StandardCharsets.UTF_8), 1L, Long::sum);
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    // counted by the file's summary
  }

  /** The day of the newest event; empty if there was none. */
  public Optional<LocalDate> lastDay() {
    return lastDay == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(lastDay));
  }

  public long requests() {
    return requests;
  }

  /** Lines that could not be read. */
  public long rejectedLines() {
    return rejected;
  }

  public int distinct() {
    return counts.size();
  }

  /**
   * The most frequent agents that a dictionary lists, each seen {@code least} times or more; of
   * equally frequent ones those first by text.
   */
  public List<String> most(int most, int least) {
    return counts.entrySet().stream()
        .filter(e -> e.getValue() >= least)
        .filter(e -> e.getKey().length() <= UserAgentDictionary.LONGEST_AGENT)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many of the requests had one of these agents, or none. */
  public long requestsOf(List<String> agents) {
    long listed = agents.stream().mapToLong(agent -> counts.getOrDefault(agent, 0L)).sum();
    long with = counts.values().stream().mapToLong(Long::longValue).sum();
    return listed + requests - with;
  }
}
