// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.system.LocalSystem;
import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What a user does with days that were counted: corrects and locks them, meets a late file,
 * corrects again, sends files through once more. On the embedded servers, by the command line.
 */
class CorrectionWalkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Days that no other test of the shared pipeline has. */
  private static final String DAY = "2025-11-15";

  private static final String EARLIER = "2025-11-12";
  private static LocalSystem system;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    system = SharedPipeline.system();
  }

  private Expected deliver(String start, int events, long seed) throws IOException {
    Path files = directory.resolve(start.replace(':', '-'));
    Expected expected =
        new Traffic()
            .write(
                new TrafficPlan(
                    events, seed, Instant.parse(start), 4, TrafficPlan.Mix.TYPICAL, 0, 33),
                files,
                file -> {});
    assertThat(SharedPipeline.deliver(SharedPipeline.logs(files)))
        .allSatisfy(account -> assertThat(account.isWhole()).isTrue());
    return expected;
  }

  private static List<JsonNode> rows(String... command) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(List.of("--data", SharedPipeline.DATA.toString(), "--format", "ndjson"));
    Cli cli = Cli.run(all.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : cli.lines()) rows.add(JSON.readTree(line));
    return rows;
  }

  /** One column, by day or by file. */
  private static Map<String, String> column(List<JsonNode> rows, String key, String name) {
    Map<String, String> column = new TreeMap<>();
    rows.forEach(row -> column.put(row.get(key).asText(), row.get(name).asText()));
    return column;
  }

  private static long requests(String day) {
    return Counts.stored(SharedPipeline.DATA, day).entrySet().stream()
        .filter(cell -> cell.getKey().startsWith(day))
        .mapToLong(cell -> Long.parseLong(cell.getValue().replaceFirst(" .*", "")))
        .sum();
  }

  @Test
  void days_are_corrected_and_locked_and_a_late_file_changes_its_day_alone_and_once()
      throws Exception {
    deliver(EARLIER + "T10:00:00Z", 2_000, 21);
    Expected day = deliver(DAY + "T10:00:00Z", 2_000, 22);

    List<JsonNode> first = rows("correct", EARLIER, DAY, "--lock", "--why", "month end");
    assertThat(column(first, "day", "rows")).isEqualTo(Map.of(EARLIER, "2000", DAY, "2000"));
    assertThat(column(first, "day", "result").values()).containsOnly("published");
    assertThat(column(first, "day", "locked").values()).containsOnly("yes");
    assertThat(column(first, "day", "difference").values()).containsOnly("none");
    assertThat(column(first, "day", "alarm").values()).containsOnly("no");

    deliver(EARLIER + "T15:00:00Z", 500, 23); // three days after its day
    assertThat(requests(EARLIER)).as("the locked number").isEqualTo(2_000);
    assertThat(column(rows("day", "status"), "day", "waiting"))
        .containsEntry(EARLIER, "500")
        .containsEntry(DAY, "0");

    List<JsonNode> second = rows("correct", EARLIER, DAY, "--why", "late logs");
    assertThat(column(second, "day", "result"))
        .isEqualTo(Map.of(EARLIER, "published", DAY, "unchanged"));
    assertThat(column(second, "day", "rows")).isEqualTo(Map.of(EARLIER, "2500", DAY, "2000"));
    assertThat(requests(EARLIER)).isEqualTo(2_500);

    assertThat(column(rows("correct", EARLIER, DAY), "day", "result").values())
        .containsOnly("unchanged");
    assertThat(Counts.stored(SharedPipeline.DATA, DAY)).isEqualTo(Counts.of(day));
    assertThat(rows("day", "status", EARLIER))
        .extracting(row -> row.get("action") + " " + row.get("version") + " " + row.get("why"))
        .containsExactly(
            "\"published\" 1 \"month end\"",
            "\"locked\" 1 \"month end\"",
            "\"published\" 2 \"late logs\"");
    assertThat(rows("day", "status", EARLIER).get(2).get("difference").asText())
        .contains("traffic requests 2000 -> 2500");
  }

  @Test
  void files_that_ledger_or_metrics_lack_are_found_and_whatever_is_sent_again_counts_once()
      throws Exception {
    Expected expected = deliver("2025-10-15T10:00:00Z", 1_000, 24);
    assertThat(rows("backfill", "--older-than", "0s")).isEmpty();

    String file = forgetOneOf("2025-10-15");
    assertThat(column(rows("backfill", "--older-than", "1d"), "file", "now"))
        .as("it may still be on its way")
        .isEmpty();
    assertThat(column(rows("backfill", "--older-than", "0s", "--dry-run"), "file", "last_seen"))
        .isEqualTo(Map.of(file, "kept"));
    assertThat(column(rows("backfill", "--older-than", "0s"), "file", "now"))
        .isEqualTo(Map.of(file, "counted"));
    assertThat(Counts.stored(SharedPipeline.DATA, "2025-10-15")).isEqualTo(Counts.of(expected));

    List<JsonNode> replayed = rows("replay", "--day", "2025-10-15");
    assertThat(column(replayed, "file", "now")).isEqualTo(column(replayed, "file", "lines"));
    assertThat(column(replayed, "file", "before")).isEqualTo(column(replayed, "file", "lines"));
    assertThat(rows("replay", "--file", file)).hasSize(1);
    assertThat(Counts.stored(SharedPipeline.DATA, "2025-10-15")).isEqualTo(Counts.of(expected));
  }

  @Test
  void a_lake_in_s3_takes_the_same_rows_and_goes_on_with_a_late_file() throws Exception {
    String day = "2025-11-18";
    deliver(day + "T10:00:00Z", 2_000, 25);
    String[] correct = {
      "correct",
      day,
      "--set",
      "warehouse=s3://jobs/lake",
      "--set",
      "catalog.uri=" + newDatabase("catalog_of_s3"),
    };
    JsonNode first = rows(correct).get(0);
    assertThat(first.get("rows").asText()).isEqualTo("2000");
    assertThat(first.get("difference").asText()).isEqualTo("none");
    Set<String> parquet = parquetInS3();
    assertThat(parquet).isNotEmpty();
    assertThat(rows(correct).get(0).get("result").asText()).isEqualTo("unchanged");

    deliver(day + "T12:00:00Z", 300, 26);
    assertThat(rows(correct).get(0).get("rows").asText()).isEqualTo("2300");
    assertThat(parquetInS3()).containsAll(parquet).hasSizeGreaterThan(parquet.size());
  }

  private static String newDatabase(String name) throws Exception {
    String url = system.endpoints().jdbcUrl();
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return url.replaceFirst("/[^/?]*([?].*)?$", "/" + name);
  }

  private static Set<String> parquetInS3() {
    try (S3Client s3 = S3Client.create()) {
      return s3.listObjectsV2Paginator(r -> r.bucket("jobs").prefix("lake/")).contents().stream()
          .map(S3Object::key)
          .filter(key -> key.endsWith(".parquet"))
          .collect(Collectors.toSet());
    }
  }

  /** As if the notice of one file had been lost: nobody has entered it. */
  private static String forgetOneOf(String day) {
    var entry =
        system
            .ledger()
            .entries()
            .filter(e -> e.file().key().contains("." + day + "-"))
            .findFirst()
            .orElseThrow();
    try (DynamoDbClient dynamoDb = DynamoDbClient.create()) {
      Map<String, AttributeValue> item =
          dynamoDb.scanPaginator(r -> r.tableName("file-ledger")).items().stream()
              .filter(i -> i.toString().contains(entry.file().key()))
              .findFirst()
              .orElseThrow();
      String key =
          dynamoDb
              .describeTable(r -> r.tableName("file-ledger"))
              .table()
              .keySchema()
              .get(0)
              .attributeName();
      dynamoDb.deleteItem(
          r -> r.tableName("file-ledger").key(Map.of(key, item.getOrDefault(key, NONE))));
    }
    return entry.file().key();
  }

  private static final AttributeValue NONE = AttributeValue.fromS("");
}
