// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.nio.charset.StandardCharsets;

/** A file that no LogFormat recognises -> why, naming the format that it seems to be. */
final class ForeignFile {
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
          "parquet_not_readable",
          "The file is Parquet, but compressed as a whole, or this program was built without the"
              + " module logs-parquet: send it as CloudFront delivers it, or add the module.");
    }
    if (text.startsWith("{")) {
      return new LineProblem(
          "json_without_request",
          "The file is JSON, but none of its first lines is an object with a time (timestamp(ms),"
              + " or date and time) and sc-status or cs-uri-stem: choose these fields where the"
              + " delivery is set up.");
    }
    int fields = text.indexOf("#Fields:");
    return fields < 0
        ? new LineProblem(
            "not_a_cloudfront_log",
            "The file has no #Fields line, and none of its first lines is one of a format that is"
                + " known here (docs/formats.md): look at what was put under this name.")
        : foreignHeader(text.substring(fields).lines().findFirst().orElseThrow());
  }

  private static LineProblem foreignHeader(String header) {
    if (header.contains(" x-event") || header.contains(" x-sname")) {
      return new LineProblem(
          "rtmp_not_supported",
          "The file is a log of an RTMP distribution, which CloudFront ended in 2020: it has no"
              + " web requests, leave it out.");
    }
    return new LineProblem(
        "missing_columns",
        "The #Fields line lacks date and time (or timestamp), or both of sc-status and cs-uri-stem:"
            + " without them a line is no event.");
  }
}
