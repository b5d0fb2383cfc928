// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;

/** Rows -> files of Arrow's IPC format (Feather), one for each part, in a new folder. */
final class ArrowFiles {
  private static final int BATCH = 8192;

  private ArrowFiles() {}

  static void write(Dataset<Row> rows, String folder) {
    StructType schema = rows.schema();
    rows.queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (part, some) -> {
              String name = String.format(Locale.ROOT, "part-%05d.arrow", part);
              write(schema, some, new Path(folder, name));
              return List.of(part).iterator();
            },
            false)
        .count();
  }

  /** A part that fails leaves no file under its name, and may be written again. */
  private static void write(StructType schema, Iterator<InternalRow> rows, Path file) {
    Path unfinished = new Path(file.getParent(), "." + file.getName());
    try {
      FileSystem files = file.getFileSystem(new Configuration());
      try (OutputStream out = files.create(unfinished, true);
          VectorSchemaRoot root =
              VectorSchemaRoot.create(
                  ArrowUtils.toArrowSchema(schema, "UTC", true, false),
                  ArrowUtils.rootAllocator());
          ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(out))) {
        writer.start();
        batches(rows, root, writer);
        writer.end();
      }
      files.delete(file, false);
      if (!files.rename(unfinished, file)) {
        throw new IOException(unfinished + " cannot be renamed to " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void batches(
      Iterator<InternalRow> rows, VectorSchemaRoot root, ArrowFileWriter writer)
      throws IOException {
    ArrowWriter batch = ArrowWriter.create(root);
    while (rows.hasNext()) {
      for (int i = 0; i < BATCH && rows.hasNext(); i++) {
        batch.write(rows.next());
      }
      batch.finish();
      writer.writeBatch();
      batch.reset();
    }
  }
}
