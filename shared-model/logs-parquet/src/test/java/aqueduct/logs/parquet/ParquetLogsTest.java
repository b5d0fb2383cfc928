// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Codec;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Golden case 4: standard logs v2 as Parquet, all columns texts with names in lower case. */
class ParquetLogsTest {
  private static final String KEY = "logs/E2SAMPLES00001.2019-12-04-21.d111111a.parquet";
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void the_same_requests_give_the_same_events_as_in_v1_but_for_their_format(
      CompressionCodecName codec) throws Exception {
    List<Map<String, String>> rows = rows(3_000);

    Streamed parquet = Streamed.of(KEY, ParquetFiles.write(folder, codec, rows));
    Streamed v1 = Streamed.of(KEY, v1(rows));

    assertThat(parquet.rejections).isEmpty();
    assertThat(parquet.events)
        .extracting(event -> canonical(event))
        .containsExactlyElementsOf(v1.events.stream().map(event -> canonical(event)).toList());
    assertThat(parquet.events).allMatch(event -> event.getSourceFormat().equals("v2_parquet"));
    assertThat(parquet.events.get(1_234).getLine()).isEqualTo(1_235);
    assertThat(parquet.headers).hasSize(v1.headers.size());
  }

  @Test
  void absent_values_quotes_and_control_characters_come_through() throws Exception {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("timestamp_ms", "1575493351250");
    row.put("sc_status", "200");
    row.put("cs_user_agent", "a \"b\" \\ \u0001\t\n \u597d");
    row.put("cs_method", null);
    row.put("x_new", "");

    RawLog event =
        Streamed.of(KEY, ParquetFiles.write(folder, CompressionCodecName.SNAPPY, List.of(row)))
            .event();

    assertThat(event.getUserAgentOriginal()).isEqualTo("a \"b\" \\ \u0001\t\n \u597d");
    assertThat(event.getHttpRequestMethod()).isEmpty();
    assertThat(event.getTimeUs()).isEqualTo(1_575_493_351_250_000L);
    assertThat(event.getTimeResolutionUs()).isEqualTo(1000);
  }

  @Test
  void a_row_that_is_no_event_is_rejected_as_json_and_the_rest_goes_on() throws Exception {
    List<Map<String, String>> rows = rows(3);
    rows.get(1).put("sc-status", "many");

    Streamed streamed =
        Streamed.of(KEY, ParquetFiles.write(folder, CompressionCodecName.GZIP, rows));

    assertThat(streamed.events).hasSize(2);
    assertThat(streamed.reasons()).containsExactly("bad_number");
    assertThat(streamed.rejections.get(0).getLine()).isEqualTo(2);
    assertThat(streamed.rejections.get(0).getData().toStringUtf8()).startsWith("{\"date\":");
  }

  @Test
  void a_file_without_rows_is_nothing_and_no_problem() throws Exception {
    Streamed streamed =
        Streamed.of(
            KEY,
            ParquetFiles.write(
                folder, rows(1).get(0).keySet(), CompressionCodecName.ZSTD, List.of()));

    assertThat(streamed.summary().lines()).isZero();
    assertThat(streamed.rejections).isEmpty();
  }

  @Test
  void damage_anywhere_is_told_and_never_thrown_and_leaves_no_file() throws Exception {
    byte[] whole = ParquetFiles.write(folder, CompressionCodecName.SNAPPY, rows(200));
    long before = temporaryFiles();
    Random random = new Random(22);
    int told = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[4 + random.nextInt(whole.length - 4)] ^= (byte) (1 << random.nextInt(8));
      }
      Streamed streamed = Streamed.of(KEY, damaged); // checks that lines = events + rejected
      told += streamed.reasons().contains("damaged_parquet") ? 1 : 0;
    }
    assertThat(told).isPositive();
    assertThat(Streamed.of(KEY, java.util.Arrays.copyOf(whole, whole.length - 1)).reasons())
        .containsExactly("damaged_parquet");
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  @Test
  void a_file_over_the_limit_is_not_read() throws Exception {
    byte[] whole = ParquetFiles.write(folder, CompressionCodecName.UNCOMPRESSED, rows(2_000));

    assertThat(
            Streamed.of(KEY, whole, Codec.ZSTD, new ReadLimits(whole.length / 2, 200, 1 << 16))
                .reasons())
        .containsExactly("too_many_bytes");
  }

  @Test
  void gzip_around_parquet_is_named() throws Exception {
    byte[] whole = ParquetFiles.write(folder, CompressionCodecName.UNCOMPRESSED, rows(1));

    assertThat(Streamed.of(KEY, Streamed.gzip(whole)).reasons())
        .containsExactly("parquet_not_readable");
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  private static List<Map<String, String>> rows(int count) {
    Random random = new Random(7);
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("date", "2019-12-04");
      row.put("time", String.format("21:%02d:%02d", i / 60 % 60, i % 60));
      row.put("x-edge-location", "LAX" + random.nextInt(9));
      row.put("sc-bytes", Integer.toString(random.nextInt(1 << 20)));
      row.put("c-ip", "192.0.2." + random.nextInt(256));
      row.put("cs-method", "GET");
      row.put("cs(Host)", "d111.cloudfront.net");
      row.put("cs-uri-stem", "/p%20" + Long.toHexString(random.nextLong()));
      row.put("sc-status", "200");
      row.put("cs(Referer)", "-");
      row.put("cs(User-Agent)", "Mozilla/5.0%20(%22x%22)");
      row.put("x-edge-request-id", Long.toHexString(random.nextLong()) + "==");
      rows.add(row);
    }
    return rows;
  }

  private static byte[] v1(List<Map<String, String>> rows) {
    StringBuilder text = new StringBuilder("#Version: 1.0\n#Fields: ");
    text.append(String.join(" ", rows.get(0).keySet())).append('\n');
    rows.forEach(row -> text.append(String.join("\t", row.values())).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static RawLog canonical(RawLog event) {
    return event.toBuilder().clearFileId().clearLine().clearSourceFormat().build();
  }
}
