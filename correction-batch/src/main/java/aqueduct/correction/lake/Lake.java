// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The table {@code aqueduct.events}: one row per enriched event, partitioned by the event's day.
 * What a day consists of changes by one atomic commit; readers see the day before it or after it.
 */
public final class Lake implements AutoCloseable {
  private static final TableIdentifier EVENTS = TableIdentifier.of("aqueduct", "events");

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.metrics.default", "none",
          "write.metadata.metrics.column.event_time", "full",
          "write.metadata.metrics.column.file_id", "full",
          "write.metadata.metrics.column.site_id", "truncate(32)",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "50");

  private final Catalog catalog;
  private final Table table;

  private Lake(Catalog catalog, Table table) {
    this.catalog = catalog;
    this.table = table;
  }

  /** Opens the lake; makes its table where there is none, and adds columns that are new. */
  public static Lake open(LakeSettings settings) {
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog("lake", settings.properties(), new Configuration());
    Namespace namespace = EVENTS.namespace();
    if (catalog instanceof SupportsNamespaces spaces && !spaces.namespaceExists(namespace)) {
      try {
        spaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // another process was first
      }
    }
    return new Lake(catalog, table(catalog));
  }

  private static Table table(Catalog catalog) {
    Schema schema = LakeColumns.schema();
    if (!catalog.tableExists(EVENTS)) {
      try {
        return catalog.createTable(
            EVENTS, schema, LakeColumns.partitions(schema), null, PROPERTIES);
      } catch (AlreadyExistsException e) {
        // another process was first
      }
    }
    Table table = catalog.loadTable(EVENTS);
    if (schema.columns().stream().anyMatch(c -> table.schema().findField(c.name()) == null)) {
      table.updateSchema().unionByNameWith(schema).commit();
    }
    return table;
  }

  public Table table() {
    return table;
  }

  static Expression of(LocalDate day) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(LakeColumns.TIME, day + "T00:00:00+00:00"),
        Expressions.lessThan(LakeColumns.TIME, day.plusDays(1) + "T00:00:00+00:00"));
  }

  /** The files that the day consists of now. */
  public List<DataFile> files(LocalDate day) {
    table.refresh();
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(of(day)).includeColumnStats().planFiles()) {
      tasks.forEach(task -> files.add(task.file().copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /**
   * Replaces files of a day by others, at one stroke. Throws ValidationException, and changes
   * nothing, if somebody else changed the day since it was read.
   */
  public void replace(LocalDate day, List<DataFile> removed, List<DataFile> added, String reason) {
    Snapshot base = table.currentSnapshot();
    OverwriteFiles change =
        table
            .newOverwrite()
            .conflictDetectionFilter(of(day))
            .validateNoConflictingData()
            .validateNoConflictingDeletes();
    if (base != null) {
      change.validateFromSnapshot(base.snapshotId());
    }
    removed.forEach(change::deleteFile);
    added.forEach(change::addFile);
    change.set("aqueduct.day", day.toString()).set("aqueduct.reason", reason);
    change.commit();
  }

  /** Deletes what only earlier states of the table hold: after it they cannot be read any more. */
  public void forgetOldFiles() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return;
    }
    // Each by its id: expiry by age leaves the files that the newest snapshot itself replaced.
    ExpireSnapshots expiry = table.expireSnapshots();
    boolean any = false;
    for (Snapshot snapshot : table.snapshots()) {
      if (snapshot.snapshotId() != current.snapshotId()) {
        expiry = expiry.expireSnapshotId(snapshot.snapshotId());
        any = true;
      }
    }
    if (any) {
      expiry.cleanupLevel(ExpireSnapshots.CleanupLevel.ALL).commit();
    }
  }

  @Override
  public void close() {
    if (catalog instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (Exception e) {
        throw new IllegalStateException("the lake's catalog cannot be closed", e);
      }
    }
  }
}
