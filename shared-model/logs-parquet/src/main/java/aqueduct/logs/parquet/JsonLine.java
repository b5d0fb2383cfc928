// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import java.util.Arrays;

/** Names and texts -> one line that is a JSON object, in one reused buffer. */
final class JsonLine {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private byte[] buffer = new byte[8192];
  private int length;

  void open() {
    length = 0;
    put('{');
  }

  void member(byte[] name, byte[] text) {
    if (length > 1) {
      put(',');
    }
    string(name);
    put(':');
    string(text);
  }

  void close() {
    put('}');
    put('\n');
  }

  private void string(byte[] text) {
    reserve(6 * text.length + 2);
    buffer[length++] = '"';
    for (byte c : text) {
      if (c == '"' || c == '\\') {
        buffer[length++] = '\\';
        buffer[length++] = c;
      } else if (c >= 0 && c < ' ') {
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        buffer[length++] = '0';
        buffer[length++] = '0';
        buffer[length++] = HEX[c >> 4];
        buffer[length++] = HEX[c & 0xf];
      } else {
        buffer[length++] = c;
      }
    }
    buffer[length++] = '"';
  }

  private void put(char c) {
    reserve(1);
    buffer[length++] = (byte) c;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(length, more)));
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }
}
