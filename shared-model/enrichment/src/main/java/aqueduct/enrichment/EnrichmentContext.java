// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The datasets and settings -> for each day, the datasets that answer for it. Opened once, when a
 * day first needs them, and shared by all enrichers of the process. Thread-safe.
 */
public final class EnrichmentContext {
  /** Stamped into every event; raised when a rule changes its answers. */
  static final String VERSION = "1";

  private static final String CITY = "geo-city";
  private static final String AGENTS = "user-agents";
  private static final String BOTS = "bots";
  private static final String REFERRERS = "referrers";
  private final DatasetCatalogue catalogue;
  private final EnrichmentSettings settings;
  private final Map<Long, DayDatasets> days = new ConcurrentHashMap<>();
  private final Map<Object, Object> opened = new ConcurrentHashMap<>();

  public EnrichmentContext(DatasetCatalogue catalogue, EnrichmentSettings settings) {
    this.catalogue = catalogue;
    this.settings = settings;
  }

  EnrichmentSettings settings() {
    return settings;
  }

  /**
   * What answers for the day. Throws UncheckedIOException if a dataset cannot be read or is not
   * what its manifest says.
   */
  DayDatasets day(long epochDay) {
    DayDatasets day = days.get(epochDay);
    if (day == null) {
      if (days.size() > 4000) {
        days.clear(); // an input of many years; what was opened stays open
      }
      day = resolve(LocalDate.ofEpochDay(epochDay));
      days.put(epochDay, day);
    }
    return day;
  }

  private DayDatasets resolve(LocalDate day) {
    FieldWriter stamp = new FieldWriter();
    stamp.text(EnrichedLog.PIPELINE_VERSION_FIELD_NUMBER, VERSION);
    List<String> missing = new ArrayList<>();
    Optional<DatasetVersion> bots = version(BOTS, day, stamp, missing);
    Optional<DatasetVersion> city = version(CITY, day, stamp, missing);
    Optional<DatasetVersion> referrers = version(REFERRERS, day, stamp, missing);
    Optional<DatasetVersion> agents =
        version(AGENTS, day, stamp, new ArrayList<>()); // yauaa stands in for it
    stamp.text(EnrichedLog.CONFIG_HASH_FIELD_NUMBER, configHash());
    missing.forEach(name -> stamp.text(EnrichedLog.MISSING_DATASETS_FIELD_NUMBER, name));
    return new DayDatasets(
        city.map(version -> open(version, EnrichmentContext::city)).orElse(null),
        agents(agents, bots),
        referrers
            .map(version -> open(version, ReferrerList::read))
            .orElseGet(() -> ReferrerList.read(InputStream.nullInputStream())),
        stamp.copy());
  }

  private Optional<DatasetVersion> version(
      String name, LocalDate day, FieldWriter stamp, List<String> missing) {
    Optional<DatasetVersion> version = catalogue.versionFor(name, day);
    version.ifPresentOrElse(
        found ->
            stamp.entry(EnrichedLog.DATASET_VERSIONS_FIELD_NUMBER, name, found.date().toString()),
        () -> missing.add(name));
    return version;
  }

  private Agents agents(Optional<DatasetVersion> dictionary, Optional<DatasetVersion> bots) {
    return (Agents)
        opened.computeIfAbsent(
            List.of(dictionary, bots),
            any ->
                new Agents(
                    dictionary
                        .map(version -> open(version, UserAgentDictionary::read))
                        .orElseGet(Map::of),
                    bots.map(version -> open(version, BotList::read))
                        .orElseGet(() -> BotList.read(InputStream.nullInputStream())),
                    settings.agentCache()));
  }

  private interface Opener<T> {
    T open(InputStream in) throws IOException;
  }

  @SuppressWarnings("unchecked") // a version is always opened by the same opener
  private <T> T open(DatasetVersion version, Opener<T> opener) {
    Object known = opened.get(version);
    if (known == null) {
      try (InputStream in = catalogue.open(version)) {
        known = opener.open(in);
      } catch (IOException | RuntimeException e) {
        throw new UncheckedIOException(
            "dataset "
                + version.name()
                + " of "
                + version.date()
                + " cannot be used ("
                + e.getMessage()
                + "): verify it with `aqueduct dataset verify`",
            e instanceof IOException io
                ? io
                : new CorruptDatasetException(String.valueOf(e.getMessage())));
      }
      opened.put(version, known);
    }
    return (T) known;
  }

  /** The database is mapped, so it needs a file; the file goes when the process ends. */
  private static CityDatabase city(InputStream in) throws IOException {
    Path file = Files.createTempFile("aqueduct-geo-", ".mmdb");
    file.toFile().deleteOnExit();
    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    return CityDatabase.open(file);
  }

  private String configHash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(settings.fingerprintText().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
