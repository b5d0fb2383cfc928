// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Agents seen before -> what yauaa says of them, as a dataset, so that a fresh process answers
 * without building yauaa. Format: zstd over magic {@code AQUA1}, the number of entries, and per
 * entry agent and fields, each with its length in 2 bytes.
 */
public final class UserAgentDictionary {
  /** The longest agent, in characters, that is listed: of longer ones not all is analysed. */
  public static final int LONGEST_AGENT = 512;

  /** An agent with fewer requests says more of one viewer than of a browser: leave it out. */
  public static final int LEAST_SEEN = 3;

  private static final ThreadLocal<FieldScan> SCAN = ThreadLocal.withInitial(FieldScan::new);
  private static final int MAGIC = 0x41515541; // AQUA
  private static final int MOST = 5_000_000;
  private static final long LARGEST = 1L << 30;

  private UserAgentDictionary() {}

  /**
   * Analyses the agents and writes their dictionary; the same agents in any order give the same
   * bytes. Agents beyond {@link #LONGEST_AGENT} are left out.
   */
  public static void write(Collection<String> agents, OutputStream out) throws IOException {
    write(agents, out, done -> {});
  }

  /**
   * As the other write.
   *
   * @param progress told how many are done
   */
  public static void write(Collection<String> agents, OutputStream out, IntConsumer progress)
      throws IOException {
    TreeSet<String> sorted = new TreeSet<>(agents);
    sorted.removeIf(agent -> agent.length() > LONGEST_AGENT);
    try (DataOutputStream data = new DataOutputStream(new ZstdOutputStream(out, 9))) {
      data.writeInt(MAGIC);
      data.writeInt(sorted.size());
      int done = 0;
      for (String agent : sorted) {
        write(data, agent.getBytes(StandardCharsets.UTF_8));
        write(data, AgentAnalyzer.fields(agent));
        progress.accept(++done);
      }
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  static Map<ByteKey, byte[]> read(InputStream in) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(new ZstdInputStream(in)))) {
      int magic = data.readInt();
      int entries = data.readInt();
      if (magic != MAGIC || entries < 0 || entries > MOST) {
        throw new CorruptDatasetException("it is no user-agent dictionary");
      }
      Map<ByteKey, byte[]> agents = entries(data, entries);
      if (data.read() >= 0) {
        throw new CorruptDatasetException("it holds more than it says");
      }
      return agents;
    } catch (EOFException e) {
      throw new CorruptDatasetException("it is cut off");
    }
  }

  private static Map<ByteKey, byte[]> entries(DataInputStream data, int entries)
      throws IOException {
    Map<ByteKey, byte[]> agents = new HashMap<>(Math.min(entries, 1 << 16) * 2);
    long size = 0;
    for (int i = 0; i < entries; i++) {
      byte[] agent = read(data);
      byte[] fields = read(data);
      size += agent.length + fields.length;
      if (size > LARGEST || !isMessage(fields)) {
        throw new CorruptDatasetException("its entry " + i + " is damaged, or it is too large");
      }
      agents.put(new ByteKey(agent), fields);
    }
    return agents;
  }

  private static boolean isMessage(byte[] fields) {
    try {
      SCAN.get().scan(fields, 0, fields.length);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return bytes;
  }
}
