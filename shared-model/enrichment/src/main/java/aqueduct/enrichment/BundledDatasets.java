// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The datasets inside the jars. The address databases are MaxMind's GeoLite2 of 2019-11-19, under
 * CC BY-SA 4.0, from {@code org.elasticsearch:geolite2-databases}; events before that day get no
 * place and no network from them. The Public Suffix List is Mozilla's of 2026-03-17, under MPL 2.0,
 * from yauaa's jar. The lists are ours and answer for any day since 2008, CloudFront's first year.
 */
public final class BundledDatasets implements DatasetCatalogue {
  private static final LocalDate EVER = LocalDate.of(2008, 1, 1);
  private static final LocalDate GEOLITE = LocalDate.of(2019, 11, 19);

  private static final Map<String, DatasetVersion> VERSIONS =
      Map.of(
          "geo-city",
          foreign(
              "geo-city",
              GEOLITE,
              "/GeoLite2-City.mmdb",
              "1ad2923967d10c6d91978f7ebb0ad9b888ff7190c13d0a6021e1bd71b3d7b24e",
              62_898_296,
              "CC-BY-SA-4.0"),
          "asn",
          foreign(
              "asn",
              GEOLITE,
              "/GeoLite2-ASN.mmdb",
              "d5c08af2011a4e6559e04317773198c72e9ed4b749efe73dfc66097ab01196b5",
              6_603_852,
              "CC-BY-SA-4.0"),
          "public-suffixes",
          foreign(
              "public-suffixes",
              LocalDate.of(2026, 3, 17),
              "/mozilla-public-suffix-list.txt",
              "e9489f89951d7269834ceb1674f9bf5cfe49c884656fee7ed444d58e39f3f0da",
              331_071,
              "MPL-2.0"),
          "bots",
          own("bots"),
          "networks",
          own("networks"),
          "referrers",
          own("referrers"));

  private static DatasetVersion foreign(
      String name, LocalDate date, String file, String sha256, long size, String licence) {
    return new DatasetVersion(name, date, file, sha256, size, licence, "forever", false);
  }

  private static DatasetVersion own(String name) {
    String file = "/aqueduct/enrichment/" + name + ".yml";
    try (InputStream in = resource(file)) {
      VerifiedStream.Sum sum = VerifiedStream.sum(in);
      return foreign(name, EVER, file, sum.sha256(), sum.size(), "Apache-2.0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String file) throws IOException {
    InputStream in = BundledDatasets.class.getResourceAsStream(file);
    if (in == null) {
      throw new FileNotFoundException(file + " is missing from the classpath");
    }
    return in;
  }

  @Override
  public List<DatasetVersion> versions(String name) {
    DatasetVersion version = VERSIONS.get(name);
    return version == null ? List.of() : List.of(version);
  }

  @Override
  public List<String> names() {
    return VERSIONS.keySet().stream().sorted().toList();
  }

  @Override
  public InputStream open(DatasetVersion version) throws IOException {
    return VerifiedStream.open(() -> resource(version.file()), version);
  }
}
