// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file that no LogFormat recognises -> why, naming the format that it seems to be. */
final class ForeignFile {
  private static final String V1 =
      " Send standard logs (legacy, v1), or convert the file and send it again.";

  private static final List<String> V2_COLUMNS =
      List.of("timestamp", "origin-fbl", "origin-lbl", "asn", "c-country", "cache-behavior");

  private ForeignFile() {}

  static LineProblem problem(FileStart start) {
    int from = FileStart.textFrom(start.buffer(), start.from(), start.to());
    int length = Math.min(start.to() - from, 4096);
    String bytes = new String(start.buffer(), from, length, StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("\u001f\u008b")) {
      return new LineProblem(
          "gzip_in_gzip", "The file was compressed twice: send it compressed once.");
    }
    String text = bytes.strip();
    if (text.startsWith("PAR1")) {
      return new LineProblem(
          "v2_parquet_not_supported", "The file is Parquet, as of standard logging v2." + V1);
    }
    if (text.startsWith("{")) {
      return new LineProblem(
          "v2_json_not_supported", "The file is JSON, as of standard logging v2." + V1);
    }
    int fields = text.indexOf("#Fields:");
    return fields < 0
        ? new LineProblem(
            "not_a_cloudfront_log",
            "The file has no #Fields line, and none of its first lines is one of a CloudFront"
                + " standard log: look at what was put under this name.")
        : foreignHeader(text.substring(fields).lines().findFirst().orElseThrow());
  }

  private static LineProblem foreignHeader(String header) {
    if (header.contains(" x-event") || header.contains(" x-sname")) {
      return new LineProblem(
          "rtmp_not_supported",
          "The file is a log of an RTMP distribution, which CloudFront ended in 2020: it has no"
              + " web requests, leave it out.");
    }
    if (V2_COLUMNS.stream().anyMatch(header::contains)) {
      return new LineProblem(
          "v2_w3c_not_supported", "The file is W3C text, as of standard logging v2." + V1);
    }
    return new LineProblem(
        "missing_columns",
        "The #Fields line lacks date, time, or both of sc-status and cs-uri-stem: without them a"
            + " line is no event.");
  }
}
