// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Datasets, settings and keys -> for each day, what answers for it. Opened once, when a day first
 * needs them, and shared by all enrichers of the process. What a store says is asked again after
 * some minutes, so that a key that was destroyed is soon no longer used. Thread-safe.
 */
public final class EnrichmentContext {
  /** Stamped into every event; raised when a rule changes its answers. */
  static final String VERSION = "3";

  private static final Duration ASKED_AGAIN = Duration.ofMinutes(5);
  private static final int MOST_DAYS = 4000;
  private final DatasetCatalogue catalogue;
  private final EnrichmentSettings settings;
  private final VisitorKeys keys;
  private final OpenedDatasets opened;
  private final byte[] configHash;
  private final Cache<Long, DayDatasets> days =
      Caffeine.newBuilder()
          .maximumSize(MOST_DAYS)
          .expireAfterWrite(ASKED_AGAIN)
          .executor(Runnable::run)
          .build();

  /** With visitor ids that anyone can make again: for tests and trials. */
  public EnrichmentContext(DatasetCatalogue catalogue, EnrichmentSettings settings) {
    this(catalogue, settings, VisitorKeys.notSecret());
  }

  public EnrichmentContext(
      DatasetCatalogue catalogue, EnrichmentSettings settings, VisitorKeys keys) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.keys = keys;
    this.opened = new OpenedDatasets(catalogue);
    this.configHash = configHash(settings);
  }

  EnrichmentSettings settings() {
    return settings;
  }

  /**
   * What answers for the day. Throws UncheckedIOException if a dataset cannot be read, is not what
   * its manifest says, or was destroyed and its policy is to fail.
   */
  DayDatasets day(long epochDay) {
    DayDatasets day = days.getIfPresent(epochDay);
    if (day == null) {
      day = resolve(LocalDate.ofEpochDay(epochDay));
      days.put(epochDay, day);
    }
    return day;
  }

  private DayDatasets resolve(LocalDate day) {
    Versions of = new Versions(day);
    Optional<DatasetVersion> bots = of.version(DatasetKind.BOTS);
    Optional<DatasetVersion> city = of.version(DatasetKind.GEO_CITY);
    Optional<DatasetVersion> asn = of.version(DatasetKind.ASN);
    Optional<DatasetVersion> networks = of.version(DatasetKind.NETWORKS);
    Optional<DatasetVersion> referrers = of.version(DatasetKind.REFERRERS);
    Optional<DatasetVersion> suffixes = of.version(DatasetKind.PUBLIC_SUFFIXES);
    Optional<DatasetVersion> agents = of.orStandIn(DatasetKind.USER_AGENTS); // yauaa
    BotList botList =
        bots.map(version -> opened.open(version, BotList::read)).orElseGet(BotList::none);
    return new DayDatasets(
        new DayDatasets.Places(
            city.map(this::city).orElse(null),
            networks(asn, networks, bots, botList),
            keys.ofDay(day).orElse(null),
            keys.lasting().orElse(null)),
        agents(agents, bots, botList),
        referrers
            .map(version -> opened.open(version, ReferrerList::read))
            .orElseGet(ReferrerList::none),
        suffixes
            .map(version -> opened.open(version, PublicSuffixes::read))
            .orElseGet(PublicSuffixes::none),
        of.stamp());
  }

  /** The versions that answer for one day, and what the day's events are told of them. */
  private final class Versions {
    private final LocalDate day;
    private final FieldWriter stamp = new FieldWriter();
    private final List<String> missing = new ArrayList<>();

    Versions(LocalDate day) {
      this.day = day;
      stamp.text(EnrichedLog.PIPELINE_VERSION_FIELD_NUMBER, VERSION);
    }

    Optional<DatasetVersion> version(DatasetKind kind) {
      Optional<DatasetVersion> version = orStandIn(kind);
      if (version.isEmpty()) {
        missing.add(kind.datasetName());
      }
      return version;
    }

    /** One that need not be there. A destroyed one is as missing, if that is its policy. */
    Optional<DatasetVersion> orStandIn(DatasetKind kind) {
      Optional<DatasetVersion> version =
          catalogue
              .versionFor(kind.datasetName(), day)
              .filter(v -> !v.destroyed() || !Retention.parse(v.retention()).thenMissing());
      version.ifPresent(
          found ->
              stamp.entry(
                  EnrichedLog.DATASET_VERSIONS_FIELD_NUMBER,
                  kind.datasetName(),
                  found.date().toString()));
      return version;
    }

    byte[] stamp() {
      stamp.text(EnrichedLog.CONFIG_HASH_FIELD_NUMBER, configHash);
      missing.forEach(name -> stamp.text(EnrichedLog.MISSING_DATASETS_FIELD_NUMBER, name));
      return stamp.copy();
    }
  }

  private AddressDatabase<byte[]> city(DatasetVersion version) {
    return opened.open(
        version, in -> new AddressDatabase<>(OpenedDatasets.mapped(in), CityFields::of));
  }

  private Networks networks(
      Optional<DatasetVersion> asn,
      Optional<DatasetVersion> networks,
      Optional<DatasetVersion> bots,
      BotList botList) {
    return opened.once(
        List.of("networks", asn, networks, bots),
        () ->
            Networks.of(
                asn.map(version -> opened.open(version, OpenedDatasets::mapped)).orElse(null),
                networks
                    .map(version -> opened.open(version, NetworkList::read))
                    .orElseGet(NetworkList::none),
                botList));
  }

  private Agents agents(
      Optional<DatasetVersion> dictionary, Optional<DatasetVersion> bots, BotList botList) {
    return opened.once(
        List.of("agents", dictionary, bots),
        () ->
            new Agents(
                dictionary
                    .map(version -> opened.open(version, UserAgentDictionary::read))
                    .orElseGet(java.util.Map::of),
                botList,
                settings.agentCache()));
  }

  private static byte[] configHash(EnrichmentSettings settings) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(settings.fingerprintText().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
