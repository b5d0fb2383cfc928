// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fixture: invented log lines, by column name. */
final class Lines {
  static final String VERSION = "#Version: 1.0";

  private Lines() {}

  /** A value for every column of v1, in its order. */
  static Map<String, String> values() {
    String[] values = {
      "2019-12-04", "21:02:31", "LAX1", "392", "192.0.2.100", "GET", "d111.cloudfront.net",
      "/index.html", "200", "https://example.org/from", "curl/7.55.1", "a=b", "c=d", "Hit",
      "SOX4xwn4XV6Q==", "www.example.com", "https", "23", "0.001", "203.0.113.9", "TLSv1.2",
      "ECDHE-RSA-AES128-GCM-SHA256", "Miss", "HTTP/2.0", "Processed", "3", "11040", "1.25",
      "OriginShieldHit", "text/html;%20charset=UTF-8", "78", "10", "20"
    };
    Map<String, String> byName = new LinkedHashMap<>();
    for (Column column : Column.first(Column.V1)) {
      byName.put(column.logName(), values[byName.size()]);
    }
    return byName;
  }

  /** The columns of v1 with v2's clock. */
  static Map<String, String> v2Values() {
    Map<String, String> values = new LinkedHashMap<>(values());
    values.put("timestamp(ms)", "1575493351250");
    return values;
  }

  /** What v1 gives, with the clock of v2. */
  static RawLog v2(String format) {
    return canonical(
        event().toBuilder()
            .setTimeUs(1_575_493_351_250_000L)
            .setTimeResolutionUs(1000)
            .setSourceFormat(format)
            .build());
  }

  /** Without what tells where the event was read. */
  static RawLog canonical(RawLog event) {
    return event.toBuilder().clearFileId().clearLine().clearSiteDistributionId().build();
  }

  static String header(Iterable<String> names) {
    return "#Fields: " + String.join(" ", names);
  }

  static String line(Iterable<String> values) {
    return String.join("\t", values);
  }

  /** A line without header of the first {@code width} columns. */
  static String ofWidth(int width) {
    return line(new ArrayList<>(values().values()).subList(0, width));
  }

  /** The event of one line in which these columns have these values. */
  static RawLog event(String... namesAndValues) {
    return with(namesAndValues).event();
  }

  static Streamed with(String... namesAndValues) {
    Map<String, String> values = values();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Streamed.text(VERSION, header(values.keySet()), line(values.values()));
  }

  /** One event for each line of a file in which the agents are these. */
  static List<RawLog> agents(String... agents) {
    List<String> lines = new ArrayList<>(List.of(VERSION, header(values().keySet())));
    for (String agent : agents) {
      Map<String, String> values = values();
      values.put("cs(User-Agent)", agent);
      lines.add(line(values.values()));
    }
    return Streamed.text(lines.toArray(String[]::new)).events;
  }
}
