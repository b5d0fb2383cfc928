// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.wire.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What could not become an event -> rows that say where it is, why, and what it was. */
@Command(
    name = "bad",
    mixinStandardHelpOptions = true,
    description = "Prints every rejected line and file with its reason and bytes.",
    footer = {"", "Examples:", "  ./aqueduct bad", "  ./aqueduct bad --format ndjson"})
final class BadCommand implements Callable<Integer> {
  private static final int SHOWN = 60;
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws IOException {
    Table table = new Table("stage", "reason", "file", "line", "lines", "message", "data");
    Set<String> seen = new HashSet<>();
    new StoredMessages(data.existing(), "rejected-logs")
        .read(
            Instant.EPOCH,
            -1,
            message -> {
              if (message instanceof Rejection r && seen.add(identity(r))) {
                table.add(
                    r.getStage(),
                    r.getReason(),
                    r.getKey(),
                    r.getLine(),
                    r.getLines(),
                    r.getMessage(),
                    bytes(r));
              }
            });
    table.print(format.format(), System.out);
    return 0;
  }

  /** A repeat is the same rejection. */
  private static String identity(Rejection r) {
    return String.join(
        "/",
        r.getStage(),
        Long.toHexString(r.getFileId()),
        Integer.toString(r.getLine()),
        r.getReason(),
        r.getPipe(),
        r.getSequenceNumber());
  }

  /** As text, what is not printable as \xHH; in a table cut, so that a row stays a row. */
  private String bytes(Rejection r) {
    StringBuilder text = new StringBuilder();
    for (char c : r.getData().toString(StandardCharsets.ISO_8859_1).toCharArray()) {
      if (c >= 32 && c < 127) text.append(c);
      else if (c == '\t') text.append("\\t");
      else text.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
    }
    boolean cut = format.format() == Format.TABLE && text.length() > SHOWN;
    return cut ? text.substring(0, SHOWN) + "..." : text.toString();
  }
}
