// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.ledger;

import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A ledger entry <-> a DynamoDB item. */
final class LedgerItem {
  static final String FILE_ID = "file_id";

  private LedgerItem() {}

  static String id(long fileId) {
    return HexFormat.of().toHexDigits(fileId);
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of(FILE_ID, text(id));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static Map<String, AttributeValue> fileValues(LogFile file) {
    return Map.of(
        ":bucket",
        text(file.bucket()),
        ":key",
        text(file.key()),
        ":etag",
        text(file.etag()),
        ":size",
        number(file.size()));
  }

  static Map<String, AttributeValue> summaryValues(FileSummary summary) {
    Map<String, AttributeValue> map = new HashMap<>();
    map.put("lines", number(summary.lines()));
    map.put("chunks", number(summary.chunks()));
    map.put("events", number(summary.events()));
    map.put("rejected", number(summary.rejected()));
    summary.firstEvent().ifPresent(time -> map.put("first_event", text(time.toString())));
    summary.lastEvent().ifPresent(time -> map.put("last_event", text(time.toString())));
    summary.problem().ifPresent(problem -> map.put("problem", text(problem)));
    return Map.of(":summary", AttributeValue.fromM(map));
  }

  private static AttributeValue required(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "an item of the file ledger has no " + name + ": it was not written by Aqueduct");
    }
    return value;
  }

  static long version(Map<String, AttributeValue> item) {
    return Long.parseLong(required(item, "version").n());
  }

  static String worker(Map<String, AttributeValue> item) {
    return required(item, "worker").s();
  }

  static Instant leaseUntil(Map<String, AttributeValue> item) {
    return Instant.ofEpochMilli(Long.parseLong(required(item, "lease_until").n()));
  }

  static Entry entry(Map<String, AttributeValue> item) {
    LogFile file =
        new LogFile(
            required(item, "file_bucket").s(),
            required(item, "file_key").s(),
            required(item, "etag").s(),
            Long.parseLong(required(item, "file_size").n()));
    AttributeValue repeats = item.get("repeats");
    return new Entry(
        file,
        State.valueOf(required(item, "file_state").s()),
        version(item),
        repeats == null ? 0 : Long.parseLong(repeats.n()),
        Optional.ofNullable(item.get("summary")).map(summary -> summary(summary.m())));
  }

  private static FileSummary summary(Map<String, AttributeValue> map) {
    return new FileSummary(
        Long.parseLong(required(map, "lines").n()),
        Integer.parseInt(required(map, "chunks").n()),
        Long.parseLong(required(map, "events").n()),
        Long.parseLong(required(map, "rejected").n()),
        Optional.ofNullable(map.get("first_event")).map(time -> Instant.parse(time.s())),
        Optional.ofNullable(map.get("last_event")).map(time -> Instant.parse(time.s())),
        Optional.ofNullable(map.get("problem")).map(AttributeValue::s));
  }
}
