// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.CanonicalJson;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Two versions of a dataset -> where their answers differ: entry by entry, network by network. */
public final class DatasetComparison {
  private final DatasetCatalogue catalogue;
  private final int most;

  /**
   * @param most differences that are kept as examples; all are counted
   */
  public DatasetComparison(DatasetCatalogue catalogue, int most) {
    this.catalogue = catalogue;
    this.most = most;
  }

  /** Throws CorruptDatasetException if one of them is not what its manifest says. */
  public DatasetDiff of(DatasetVersion before, DatasetVersion after) throws IOException {
    DatasetKind kind = DatasetKind.named(before.name());
    DatasetDiff.Counter counter = new DatasetDiff.Counter(most);
    if (kind == DatasetKind.GEO_CITY || kind == DatasetKind.ASN) {
      new NetworkComparison(database(kind, before), database(kind, after), words(kind), counter)
          .compare();
    } else {
      compare(entries(kind, before), entries(kind, after), counter);
    }
    return counter.done();
  }

  private NetworkComparison.Database database(DatasetKind kind, DatasetVersion version)
      throws IOException {
    try (InputStream in = catalogue.open(version)) {
      return new NetworkComparison.Database(
          OpenedDatasets.mapped(in),
          kind == DatasetKind.ASN
              ? record -> new TreeMap<>(record).toString().getBytes(StandardCharsets.UTF_8)
              : CityFields::of);
    }
  }

  private static Function<byte[], String> words(DatasetKind kind) {
    return kind == DatasetKind.ASN
        ? text -> new String(text, StandardCharsets.UTF_8)
        : DatasetComparison::fields;
  }

  private static String fields(byte[] encoded) {
    try {
      return CanonicalJson.writeSet(EnrichedLog.parseFrom(encoded));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("fields that were encoded just now", e);
    }
  }

  private static void compare(
      SortedMap<String, String> before,
      SortedMap<String, String> after,
      DatasetDiff.Counter counter) {
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String entry : all) {
      String was = before.getOrDefault(entry, "");
      String is = after.getOrDefault(entry, "");
      if (!was.equals(is) && counter.differs(!was.isEmpty(), !is.isEmpty())) {
        counter.example(entry, was, is);
      }
    }
  }

  private SortedMap<String, String> entries(DatasetKind kind, DatasetVersion version)
      throws IOException {
    SortedMap<String, String> entries = new TreeMap<>();
    try (InputStream in = catalogue.open(version)) {
      switch (kind) {
        case USER_AGENTS ->
            UserAgentDictionary.read(in)
                .forEach(
                    (agent, found) ->
                        entries.put(
                            new String(agent.bytes(), StandardCharsets.UTF_8), fields(found)));
        case PUBLIC_SUFFIXES -> lines(in, entries);
        default -> flat("", ListFile.read(in), entries);
      }
    }
    return entries;
  }

  private static void lines(InputStream in, Map<String, String> entries) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("//")) {
        entries.put(line.strip(), "listed");
      }
    }
  }

  /** A list's names, each with those that it is under. */
  private static void flat(String under, Object value, Map<String, String> entries) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> flat(joined(under, name), inner, entries));
    } else if (value instanceof Iterable<?> list) {
      list.forEach(element -> entries.put(joined(under, element), "listed"));
    } else {
      entries.put(under, String.valueOf(value));
    }
  }

  private static String joined(String under, Object name) {
    return under.isEmpty() ? String.valueOf(name) : under + " / " + name;
  }
}
