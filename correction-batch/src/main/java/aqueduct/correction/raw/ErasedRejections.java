// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.correction.raw.ErasedLines.Subject;
import aqueduct.correction.raw.RawStore.Kept;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The store of rejections -> the same without those that hold somebody who is to be erased: their
 * lines by file and number, and every line with an address of theirs. An object that is left empty
 * stays, so that its name is not taken for one that was never there.
 */
public final class ErasedRejections {
  private static final Pattern DAY = Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})/.*");
  private static final ObjectMapper JSON = new ObjectMapper();
  private final RawStore store;
  private final Subject subject;
  private final Map<Long, Set<Integer>> lines;
  private int objects;
  private int rejections;

  /**
   * Prepares it.
   *
   * @param lines file -> lines of the raw file that are erased too
   */
  public ErasedRejections(RawStore store, Subject subject, Map<Long, Set<Integer>> lines) {
    this.store = store;
    this.subject = subject;
    this.lines = lines;
  }

  /** What was changed. */
  public record Changed(int objects, int rejections) {}

  /** Goes through the whole store; may be repeated. */
  public Changed run() throws IOException {
    List<Kept> all;
    try (Stream<Kept> kept = store.list()) {
      all = kept.filter(k -> isAsked(k.file().key())).toList();
    }
    for (Kept kept : all) {
      clean(kept);
    }
    return new Changed(objects, rejections);
  }

  private boolean isAsked(String key) {
    Matcher day = DAY.matcher(key);
    return key.endsWith(".ndjson")
        && (subject.days().isEmpty()
            || !day.matches()
            || subject.days().stream().anyMatch(d -> d.toString().equals(day.group(1))));
  }

  private void clean(Kept kept) throws IOException {
    StringBuilder left = new StringBuilder();
    int gone = 0;
    String content;
    try (InputStream in = store.open(kept.file())) {
      content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : content.lines().toList()) {
      if (isOfSubject(JSON.readTree(line))) {
        gone++;
      } else {
        left.append(line).append('\n');
      }
    }
    if (gone > 0) {
      store.replace(kept.file(), left.toString().getBytes(StandardCharsets.UTF_8));
      objects++;
      rejections += gone;
    }
  }

  private boolean isOfSubject(JsonNode rejection) throws IOException {
    String file = rejection.at("/source/file_id").asText();
    int line = rejection.at("/source/line").asInt();
    if (!file.isEmpty()
        && lines.getOrDefault(HexFormat.fromHexDigitsToLong(file), Set.of()).contains(line)) {
      return true;
    }
    String data =
        rejection.has("data_base64")
            ? new String(rejection.get("data_base64").binaryValue(), StandardCharsets.ISO_8859_1)
            : rejection.path("data").asText();
    return ErasedLines.words(data).anyMatch(subject::holds);
  }
}
