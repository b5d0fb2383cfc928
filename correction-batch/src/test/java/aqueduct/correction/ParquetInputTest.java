// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.raw.EnrichedFiles;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.ReadLimits;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that were delivered as Parquet, read where Spark's own Parquet and Hadoop are. */
class ParquetInputTest {
  private static final Path FILES =
      Path.of(System.getProperty("aqueduct.root", ".."))
          .resolve("shared-model/logs-parquet/src/test/fuzz/parquet");

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd"})
  void a_parquet_log_of_any_codec_is_corrected_like_any_other(String codec) throws Exception {
    byte[] bytes = Files.readAllBytes(FILES.resolve(codec));
    List<EnrichedLog> events = new ArrayList<>();
    FileSummary summary =
        new EnrichedFiles(EnrichmentProperties.defaults(), ReadLimits.defaults())
            .read(
                new LogFile("backup", "logs/a.parquet", "etag", bytes.length),
                new ByteArrayInputStream(bytes),
                (buffer, from, to) -> events.add(event(buffer, from, to)));
    assertThat(summary.problem()).isEmpty();
    assertThat(events).hasSize(3).allMatch(e -> e.getSourceFormat().equals("v2_parquet"));
  }

  private static EnrichedLog event(byte[] buffer, int from, int to) {
    try {
      return EnrichedLog.parser().parseFrom(buffer, from, to - from);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
