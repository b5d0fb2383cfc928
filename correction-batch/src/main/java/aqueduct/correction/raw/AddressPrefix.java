// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of addresses, such as 81.2.69.0/24 or 2001:db8::/48; an address alone is a block of one.
 */
public record AddressPrefix(String text) implements Serializable {
  public AddressPrefix {
    bytes(text); // refused here, not later
  }

  /** Whether the address lies in it; what is no address lies in none. */
  public boolean holds(String address) {
    if (!isLiteral(address)) {
      return false;
    }
    byte[] block = bytes(text);
    byte[] other = literal(address);
    int bits = bits(block);
    if (block.length != other.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(block, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((block[whole] ^ other[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  private int bits(byte[] block) {
    int slash = text.indexOf('/');
    return slash < 0 ? block.length * 8 : Integer.parseInt(text.substring(slash + 1));
  }

  private static byte[] bytes(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String bits = slash < 0 ? "0" : text.substring(slash + 1);
    if (!isLiteral(address) || !bits.matches("\\d{1,3}")) {
      throw wrong(text);
    }
    byte[] bytes = literal(address);
    if (Integer.parseInt(bits) > bytes.length * 8) {
      throw wrong(text);
    }
    return bytes;
  }

  /** No name is ever looked up. */
  private static boolean isLiteral(String text) {
    return text.matches("[0-9.]{7,15}")
        || (text.contains(":") && text.matches("[0-9a-fA-F:.]{2,45}"));
  }

  private static byte[] literal(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw wrong(address);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "address prefix is " + text + ": must be like 81.2.69.0/24 or 2001:db8::/48");
  }
}
