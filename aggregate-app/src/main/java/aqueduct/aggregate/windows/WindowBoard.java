// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the source and the owner of its query meet in the driver: Spark makes sources from text
 * options, and hands out batches by numbers of its own. The owner says until when windows are
 * applied, which is where every batch starts whatever a checkpoint says; the source says which
 * window it has planned.
 */
public final class WindowBoard implements AutoCloseable {
  private static final Map<String, WindowBoard> BOARDS = new ConcurrentHashMap<>();
  private final String id = UUID.randomUUID().toString();
  private final Supplier<Optional<Instant>> appliedUntil;
  private final BiConsumer<Instant, Instant> lost;
  private volatile @Nullable PlannedWindow planned;

  private WindowBoard(Supplier<Optional<Instant>> appliedUntil, BiConsumer<Instant, Instant> lost) {
    this.appliedUntil = appliedUntil;
    this.lost = lost;
  }

  /**
   * Opens a board for one query.
   *
   * @param appliedUntil end of the newest applied window, absent before the first
   * @param lost is told from when to when the stream no longer holds what was not read
   */
  public static WindowBoard open(
      Supplier<Optional<Instant>> appliedUntil, BiConsumer<Instant, Instant> lost) {
    WindowBoard board = new WindowBoard(appliedUntil, lost);
    BOARDS.put(board.id, board);
    return board;
  }

  static WindowBoard of(String id) {
    WindowBoard board = BOARDS.get(id);
    if (board == null) {
      throw new IllegalStateException("board " + id + " is closed, or of another driver");
    }
    return board;
  }

  /** What the source's option {@code board} must be. */
  public String id() {
    return id;
  }

  /** The window of the batch that runs now. */
  public PlannedWindow planned() {
    PlannedWindow window = planned;
    if (window == null) {
      throw new IllegalStateException("no batch of this board's source was planned");
    }
    return window;
  }

  void plan(PlannedWindow window) {
    planned = window;
  }

  void lost(Instant from, Instant until) {
    lost.accept(from, until);
  }

  Optional<Instant> appliedUntil() {
    return appliedUntil.get();
  }

  @Override
  public void close() {
    BOARDS.remove(id);
  }
}
