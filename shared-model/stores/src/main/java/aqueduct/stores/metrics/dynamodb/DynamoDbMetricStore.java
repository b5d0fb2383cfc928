// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.Answer;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The metric store in one DynamoDB table: packed rows per report, hour, site and window, which
 * count once their window's item says so; see {@link Windows} for how one transaction of two items
 * stands for a window of any size. Every few windows the rows of the days that they touched are
 * merged, before the next window is applied.
 *
 * <p>It holds live metrics only: there are no generations, so a day cannot be corrected or locked
 * here. For that, use PostgreSQL.
 */
public final class DynamoDbMetricStore implements MetricStore {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");
  private final ItemTable table;
  private final List<ReportSpec> reports;
  private final Parts parts;
  private final Windows windows;
  private final Clock clock;

  /** Uses this table, see {@link #createTable}. The client belongs to whoever made it. */
  public DynamoDbMetricStore(
      DynamoDbClient dynamo, String table, List<ReportSpec> reports, Clock clock) {
    this.table = new ItemTable(dynamo, table);
    this.reports = List.copyOf(reports);
    this.clock = clock;
    this.parts = new Parts(this.table, clock);
    this.windows = new Windows(this.table, parts, clock);
  }

  /** Creates the table if it is not there, and waits until it can be used. */
  public void createTable() {
    table.create();
  }

  @Override
  public String stage(Instant windowStart, String attempt, Iterator<MetricDelta> deltas) {
    return parts.stage(windowStart, deltas);
  }

  @Override
  public Applied apply(WindowCommit commit) {
    mergeIfDue();
    return windows.apply(commit);
  }

  /** Before a window, not after: if this fails, the window that waits is tried again. */
  private void mergeIfDue() {
    Item head = windows.settledHead();
    if (Windows.mergeIsDue(head)) {
      long sequence = head.number("sequence");
      head.strings("dirty").stream()
          .flatMap(DynamoDbMetricStore::hours)
          .flatMap(hour -> reports.stream().map(spec -> Cells.partition(spec.name(), hour)))
          .forEach(partition -> hour(partition).merge(sequence));
    }
  }

  private static Stream<Instant> hours(String day) {
    Instant first = Instant.parse(day + "T00:00:00Z");
    return Stream.iterate(first, hour -> hour.plus(1, ChronoUnit.HOURS)).limit(24);
  }

  private Hour hour(String partition) {
    return new Hour(table, windows, clock, partition);
  }

  @Override
  public Optional<AppliedWindow> newestWindow() {
    return windows.lastFrom(END_OF_TIME).map(DynamoDbMetricStore::window);
  }

  @Override
  public Optional<AppliedWindow> windowAt(Instant arrival) {
    return windows
        .lastFrom(arrival)
        .map(DynamoDbMetricStore::window)
        .filter(window -> arrival.isBefore(window.end()));
  }

  private static AppliedWindow window(Item window) {
    return new AppliedWindow(
        window.instant("start"),
        window.instant("end"),
        window.number("events"),
        window.instant("applied_at"));
  }

  @Override
  public Set<ChunkId> appliedAmong(Collection<ChunkId> chunks) {
    var unused = windows.settledHead();
    Map<Long, FileItem> files = windows.files(chunks.stream().map(ChunkId::fileId).toList());
    Set<ChunkId> applied = new HashSet<>();
    for (ChunkId chunk : chunks) {
      FileItem file = files.get(chunk.fileId());
      if (file != null && file.firstLines().contains(chunk.firstLine())) {
        applied.add(chunk);
      }
    }
    return applied;
  }

  @Override
  public Optional<FileProgress> progress(long fileId) {
    var unused = windows.settledHead();
    return Optional.ofNullable(windows.files(List.of(fileId)).get(fileId)).map(FileItem::sums);
  }

  @Override
  public Conservation conservation() {
    return WindowAccount.sums(windows.head());
  }

  @Override
  public List<LocalDate> days() {
    return windows.head().strings("days").stream().map(LocalDate::parse).sorted().toList();
  }

  /** As of the newest window at its start, however many are applied meanwhile. */
  @Override
  public List<MetricRow> query(MetricQuery query) {
    while (true) {
      Item head = windows.head();
      Answer answer = new Answer(reports, query);
      if (hours(query, head).allMatch(hour -> read(hour, head.number("sequence"), answer))) {
        return answer.rows();
      }
    }
  }

  private boolean read(Hour hour, long upTo, Answer answer) {
    String site = answer.where().get(0);
    return hour.read(
        upTo,
        packed -> {
          if (site == null || site.equals(packed.string(Cells.SITE))) {
            Cells.read(
                packed.bytes(Cells.DATA),
                cell ->
                    answer.add(cell.key().bucketStart(), cell.key().dimensions(), cell.measures()));
          }
        });
  }

  /** The hours of the range that can hold metrics: those of days that do. */
  private Stream<Hour> hours(MetricQuery query, Item head) {
    return head.strings("days").stream()
        .flatMap(DynamoDbMetricStore::hours)
        .filter(hour -> hour.plus(1, ChronoUnit.HOURS).isAfter(query.from()))
        .filter(hour -> hour.isBefore(query.to()))
        .map(hour -> hour(Cells.partition(query.report(), hour)));
  }

  /** The client belongs to whoever made it. */
  @Override
  public void close() {}
}
