// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One rejection, as the store of rejections shows it.
 *
 * @param json under canonical names, as quarantine-fn keeps it
 */
public record RejectedItem(JsonNode json) {
  private static final int ID_BYTES = 4;

  /** Eight hex digits by which a person names it; a repeat has the same. */
  public String id() {
    String identity =
        String.join("/", stage(), fileId(), Integer.toString(line()), reason(), pipe(), sequence());
    // A record that was rejected before anybody could tell whose it is: by its bytes.
    byte[] bytes = fileId().isEmpty() ? data() : new byte[0];
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha256.digest(bytes), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public String stage() {
    return text("/stage");
  }

  public String reason() {
    return text("/reason");
  }

  public String message() {
    return text("/message");
  }

  public String bucket() {
    return text("/source/bucket");
  }

  /** The log file's key. */
  public String file() {
    return text("/source/key");
  }

  /** 16 hex digits, or empty where nobody knows the file. */
  public String fileId() {
    return text("/source/file_id");
  }

  /** 0: the whole file or record. */
  public int line() {
    return json.at("/source/line").asInt();
  }

  /** How many input lines it accounts for. */
  public int lines() {
    return json.at("/lines").asInt();
  }

  public String pipe() {
    return text("/source/pipe");
  }

  private String sequence() {
    return text("/source/sequence_number");
  }

  /** The line or record, cut at 64 KiB. */
  public byte[] data() {
    return json.has("data_base64")
        ? Base64.getDecoder().decode(text("/data_base64"))
        : text("/data").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the text stands in its bytes. */
  public boolean holds(String text) {
    return new String(data(), StandardCharsets.ISO_8859_1)
        .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  /** The bytes as text that is safe on a terminal: what is not printable as \xHH. */
  public String shown() {
    StringBuilder text = new StringBuilder();
    for (byte b : data()) {
      if (b >= 32 && b < 127) text.append((char) b);
      else if (b == '\t') text.append("\\t");
      else text.append(String.format(Locale.ROOT, "\\x%02x", b & 0xff));
    }
    return text.toString();
  }

  private String text(String pointer) {
    return json.at(pointer).asText("");
  }
}
