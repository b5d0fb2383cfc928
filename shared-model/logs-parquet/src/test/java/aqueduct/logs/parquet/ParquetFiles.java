// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Fixture: rows -> a Parquet file of texts, under the names that CloudFront gives them there. */
final class ParquetFiles {
  private ParquetFiles() {}

  static byte[] write(Path folder, CompressionCodecName codec, List<Map<String, String>> rows)
      throws IOException {
    return write(folder, rows.get(0).keySet(), codec, rows);
  }

  static byte[] write(
      Path folder, Set<String> names, CompressionCodecName codec, List<Map<String, String>> rows)
      throws IOException {
    Path file = folder.resolve("written.parquet");
    Files.deleteIfExists(file);
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (String name : names) {
      schema
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(underscored(name));
    }
    MessageType type = schema.named("log");
    try (ParquetWriter<Map<String, String>> writer =
        new Builder(new LocalOutputFile(file), type)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new PageCompressors())
            .withCompressionCodec(codec)
            .withPageSize(4096)
            .withRowGroupSize(100_000L)
            .build()) {
      for (Map<String, String> row : rows) {
        writer.write(row);
      }
    }
    return Files.readAllBytes(file);
  }

  private static String underscored(String name) {
    String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return key.endsWith("_") ? key.substring(0, key.length() - 1) : key;
  }

  private static final class Builder extends ParquetWriter.Builder<Map<String, String>, Builder> {
    private final MessageType type;

    Builder(OutputFile file, MessageType type) {
      super(file);
      this.type = type;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Map<String, String>> getWriteSupport(ParquetConfiguration conf) {
      return new Rows(type);
    }

    @Override
    protected WriteSupport<Map<String, String>> getWriteSupport(
        org.apache.hadoop.conf.Configuration conf) {
      return new Rows(type);
    }
  }

  private static final class Rows extends WriteSupport<Map<String, String>> {
    private final MessageType type;
    private RecordConsumer consumer;

    Rows(MessageType type) {
      this.type = type;
    }

    @Override
    public WriteContext init(org.apache.hadoop.conf.Configuration conf) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return new WriteContext(type, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer newConsumer) {
      consumer = newConsumer;
    }

    @Override
    public void write(Map<String, String> row) {
      consumer.startMessage();
      Map<String, String> byName =
          row.entrySet().stream()
              .filter(entry -> entry.getValue() != null)
              .collect(Collectors.toMap(entry -> underscored(entry.getKey()), Map.Entry::getValue));
      for (int i = 0; i < type.getFieldCount(); i++) {
        String value = byName.get(type.getFieldName(i));
        if (value != null) {
          consumer.startField(type.getFieldName(i), i);
          consumer.addBinary(Binary.fromString(value));
          consumer.endField(type.getFieldName(i), i);
        }
      }
      consumer.endMessage();
    }
  }
}
