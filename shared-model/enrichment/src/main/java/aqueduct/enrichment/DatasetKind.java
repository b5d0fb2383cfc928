// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The datasets that enrichment asks -> how each is opened. A file is read as a whole before it is
 * added, within bounds of size, depth and count, so that none that is damaged or made to do harm
 * gets in.
 */
public enum DatasetKind {
  /** Agents seen before -> what yauaa says of them. */
  USER_AGENTS("user-agents", 1L << 30),
  /** Addresses -> places: MaxMind DB of the City or Country kind. */
  GEO_CITY("geo-city", 1L << 30),
  /** Addresses -> autonomous systems: MaxMind DB of the ASN kind. */
  ASN("asn", 1L << 30),
  /** Autonomous systems -> hosting or bots: our list. */
  NETWORKS("networks", 8L << 20),
  /** Words in agents -> bots: our list. */
  BOTS("bots", 8L << 20),
  /** Referring domains -> medium and source: our list. */
  REFERRERS("referrers", 8L << 20),
  /** Hosts -> registered domains: the Public Suffix List. */
  PUBLIC_SUFFIXES("public-suffixes", 8L << 20);

  private final String datasetName;
  private final long largest;

  DatasetKind(String datasetName, long largest) {
    this.datasetName = datasetName;
    this.largest = largest;
  }

  public String datasetName() {
    return datasetName;
  }

  /** The most bytes that a file of it may have. */
  public long largest() {
    return largest;
  }

  /**
   * Reads the whole file as a dataset of that name. Throws CorruptDatasetException for one that
   * cannot be used, IllegalArgumentException for a name that enrichment does not ask for.
   */
  public static void check(String name, Path file) throws IOException {
    DatasetKind kind = named(name);
    if (Files.size(file) > kind.largest) {
      throw new CorruptDatasetException(
          file + " has " + Files.size(file) + " bytes: " + name + " may have " + kind.largest);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      kind.check(in, file);
    } catch (CorruptDatasetException e) {
      throw new CorruptDatasetException(
          file + " cannot be used as " + name + ": " + e.getMessage());
    }
  }

  /** Throws IllegalArgumentException for a name that enrichment does not ask for. */
  public static DatasetKind named(String name) {
    for (DatasetKind kind : values()) {
      if (kind.datasetName.equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "enrichment asks for no dataset "
            + name
            + ": there are "
            + String.join(
                ", ", java.util.Arrays.stream(values()).map(DatasetKind::datasetName).toList()));
  }

  private void check(InputStream in, Path file) throws IOException {
    switch (this) {
      case USER_AGENTS -> UserAgentDictionary.read(in);
      case GEO_CITY -> AddressDatabase.open(file, CityFields::of).verify();
      case ASN -> AddressDatabase.open(file, Map::size).verify();
      case NETWORKS -> NetworkList.read(in);
      case BOTS -> BotList.read(in);
      case REFERRERS -> ReferrerList.read(in);
      case PUBLIC_SUFFIXES -> PublicSuffixes.read(in);
    }
  }
}
