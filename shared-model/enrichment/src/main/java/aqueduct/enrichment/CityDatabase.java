// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses -> encoded geo fields, from a MaxMind DB of the City kind (format: MaxMind DB File
 * Format 2.0). Our own walk finds an address's record; the library decodes each record once, and
 * the encoded fields are kept by record, since 20,000 records serve all addresses of a site.
 * Thread-safe.
 */
final class CityDatabase {
  private static final byte[] NOWHERE = new byte[0];
  private final Reader reader;
  private final ByteBuffer tree;
  private final int nodes;
  private final int recordSize;
  private final int v4Start;
  private final Map<Integer, byte[]> byRecord = new ConcurrentHashMap<>();

  private CityDatabase(Reader reader, ByteBuffer tree) {
    Metadata metadata = reader.getMetadata();
    this.reader = reader;
    this.tree = tree;
    this.nodes = (int) metadata.nodeCount();
    this.recordSize = metadata.recordSize();
    this.v4Start = metadata.ipVersion() == 6 ? walk(0, 96) : 0;
  }

  /**
   * Opens the file, which stays mapped. Throws {@link CorruptDatasetException} if it is no such
   * database.
   */
  static CityDatabase open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Reader reader = new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED);
      Metadata metadata = reader.getMetadata();
      long treeBytes = metadata.nodeCount() * metadata.recordSize() / 4;
      if (treeBytes > channel.size() || !List.of(24, 28, 32).contains(metadata.recordSize())) {
        throw new CorruptDatasetException("its search tree is longer than the file");
      }
      MappedByteBuffer tree = channel.map(FileChannel.MapMode.READ_ONLY, 0, treeBytes);
      return new CityDatabase(reader, tree);
    } catch (com.maxmind.db.InvalidDatabaseException e) {
      throw new CorruptDatasetException("it is no MaxMind DB: " + e.getMessage());
    }
  }

  /** From node 0, {@code zeros} times the left branch. */
  private int walk(int node, int zeros) {
    int at = node;
    for (int i = 0; i < zeros && at < nodes; i++) {
      at = child(at, 0);
    }
    return at;
  }

  private int child(int node, int bit) {
    int at = node * (recordSize / 4);
    return switch (recordSize) {
      case 24 -> unsigned(at + 3 * bit, 3);
      case 28 ->
          bit == 0
              ? (unsigned(at + 3, 1) & 0xf0) << 20 | unsigned(at, 3)
              : (unsigned(at + 3, 1) & 0x0f) << 24 | unsigned(at + 4, 3);
      default -> unsigned(at + 4 * bit, 4);
    };
  }

  private int unsigned(int at, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (tree.get(at + i) & 0xff);
    }
    return value;
  }

  /** The encoded fields of the address's place; empty if the database does not know it. */
  byte[] fields(IpAddress address) {
    int record = find(address);
    if (record <= nodes) {
      return NOWHERE; // the format's "no data"
    }
    byte[] known = byRecord.get(record);
    return known == null ? byRecord.computeIfAbsent(record, any -> decode(address)) : known;
  }

  private int find(IpAddress address) {
    if (address.version() == 4) {
      int node = v4Start;
      for (int bit = 31; bit >= 0 && node < nodes; bit--) {
        node = child(node, address.v4() >>> bit & 1);
      }
      return node;
    }
    int node = 0;
    for (int i = 0; i < 128 && node < nodes; i++) {
      node = child(node, address.groups()[i >> 4] >>> (15 - (i & 15)) & 1);
    }
    return node;
  }

  private byte[] decode(IpAddress address) {
    try {
      Map<?, ?> place = reader.get(InetAddress.getByAddress(bytes(address)), Map.class);
      return place == null ? NOWHERE : encode(place);
    } catch (IOException e) {
      throw new UncheckedIOException("the geo dataset is damaged", e);
    }
  }

  private static byte[] bytes(IpAddress address) {
    boolean v4 = address.version() == 4;
    byte[] bytes = new byte[v4 ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          (byte)
              (v4 ? address.v4() >>> (24 - 8 * i) : address.groups()[i / 2] >>> (8 * (1 - i % 2)));
    }
    return bytes;
  }

  private static byte[] encode(Map<?, ?> place) {
    FieldWriter out = new FieldWriter();
    Object country = text(place, "country", "iso_code");
    put(out, EnrichedLog.GEO_CONTINENT_CODE_FIELD_NUMBER, text(place, "continent", "code"));
    put(out, EnrichedLog.GEO_COUNTRY_ISO_CODE_FIELD_NUMBER, country);
    if (country != null
        && place.get("subdivisions") instanceof List<?> regions
        && !regions.isEmpty()) {
      Object region = regions.get(0) instanceof Map<?, ?> first ? first.get("iso_code") : null;
      put(
          out,
          EnrichedLog.GEO_REGION_ISO_CODE_FIELD_NUMBER,
          region == null ? null : country + "-" + region);
    }
    put(out, EnrichedLog.GEO_LOCALITY_NAME_FIELD_NUMBER, text(place, "city", "names", "en"));
    real(out, EnrichedLog.GEO_LOCATION_LAT_FIELD_NUMBER, text(place, "location", "latitude"));
    real(out, EnrichedLog.GEO_LOCATION_LON_FIELD_NUMBER, text(place, "location", "longitude"));
    put(out, EnrichedLog.GEO_POSTAL_CODE_FIELD_NUMBER, text(place, "postal", "code"));
    put(out, EnrichedLog.GEO_TIMEZONE_FIELD_NUMBER, text(place, "location", "time_zone"));
    if (out.length() > 0) {
      out.text(EnrichedLog.GEO_SOURCE_FIELD_NUMBER, "dataset");
    }
    return out.copy();
  }

  private static @Nullable Object text(Map<?, ?> place, String... path) {
    Object at = place;
    for (String name : path) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  private static void put(FieldWriter out, int field, @Nullable Object text) {
    if (text != null) {
      out.text(field, text.toString());
    }
  }

  private static void real(FieldWriter out, int field, @Nullable Object number) {
    if (number instanceof Double value) {
      out.real(field, value);
    }
  }
}
