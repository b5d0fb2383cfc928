// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Fixture: objects of invented log lines, plain and packed. */
final class LogObjects {
  static final byte[] TEXT = text(40);
  static final byte[] GZIP = Streamed.gzip(TEXT);

  private LogObjects() {}

  static byte[] text(int lines) {
    StringBuilder text =
        new StringBuilder("#Version: 1.0\n#Fields: date time sc-status cs-uri-stem\n");
    for (int i = 0; i < lines; i++) {
      text.append(line("/page/" + i + "/" + Integer.toHexString(i * 0x9e3779b9))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String line(String path) {
    return path.equals("/good")
        ? "2019-12-04\t21:02:31\tLAX1\t1\t192.0.2.1\tGET\tx\t/good\t200\t-\t-\t-"
        : "2019-12-04\t21:02:31\t200\t" + path + "/".repeat(40);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
