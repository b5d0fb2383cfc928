// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file -> its rows as a stream of JSON lines. One row group is in memory at a time; one
 * that would need more than {@link #MAX_GROUP_BYTES} is refused, and so is a file with columns that
 * have parts.
 */
final class RowStream extends InputStream {
  /** Writers make row groups of up to 128 MiB, and log files are smaller than one. */
  private static final long MAX_GROUP_BYTES = 256L << 20;

  private final ParquetFileReader reader;
  private final MessageType schema;
  private final String writer;
  private @Nullable RowGroup group;
  private int nextGroup;
  private byte[] line = new byte[0];
  private int at;
  private int end;

  RowStream(Path file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .useStatsFilter(false)
            .useDictionaryFilter(false)
            .useColumnIndexFilter(false)
            .useBloomFilter(false)
            .withUseHadoopVectoredIo(false)
            .build();
    reader = ParquetFileReader.open(new LocalInputFile(file), options);
    schema = reader.getFileMetaData().getSchema();
    String createdBy = reader.getFileMetaData().getCreatedBy();
    writer = createdBy == null ? "" : createdBy;
    for (Type column : schema.getFields()) {
      if (!column.isPrimitive() || column.isRepetition(Repetition.REPEATED)) {
        reader.close();
        throw new IOException("column " + column.getName() + " has parts");
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (at == end && !nextLine()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(line, at, target, from, count);
    at += count;
    return count;
  }

  private boolean nextLine() throws IOException {
    try {
      while (group == null || !group.next()) {
        if (!nextGroup()) {
          return false;
        }
      }
      line = group.buffer();
      at = 0;
      end = group.length();
      return true;
    } catch (OutOfMemoryError e) {
      group = null;
      throw new IOException("the file asks for more memory than there is", e);
    }
  }

  private boolean nextGroup() throws IOException {
    if (nextGroup == reader.getRowGroups().size()) {
      return false;
    }
    BlockMetaData block = reader.getRowGroups().get(nextGroup++);
    if (block.getCompressedSize() > MAX_GROUP_BYTES) {
      throw new IOException("a row group of " + block.getCompressedSize() + " bytes");
    }
    group = null; // the memory of the last one, before the next is read
    PageReadStore pages = reader.readNextRowGroup();
    if (pages == null) {
      return false;
    }
    group = new RowGroup(pages, schema, writer);
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
