// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.FileDatasetCatalogue;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The live path's settings of enrichment, under their names there: what is enriched again must come
 * to the same bytes. See enrich-fn for the meaning of each.
 */
@ConfigurationProperties("aqueduct.enrich")
public record EnrichmentProperties(
    @DefaultValue("") String datasets,
    @DefaultValue Map<String, String> sites,
    @DefaultValue Set<String> ownDomains,
    @DefaultValue("") String visitorCookie,
    @DefaultValue Set<String> cookies,
    @DefaultValue({"utm_medium", "utm_source", "utm_campaign", "utm_term", "utm_content"})
        Set<String> queryParameters,
    @DefaultValue("") String visitorSecret,
    @DefaultValue("24") int addressBitsV4,
    @DefaultValue("48") int addressBitsV6)
    implements Serializable {
  /** The defaults. */
  public static EnrichmentProperties defaults() {
    EnrichmentSettings of = EnrichmentSettings.defaults();
    return new EnrichmentProperties(
        "", Map.of(), Set.of(), "", Set.of(), of.queryParameters(), "", of.bitsV4(), of.bitsV6());
  }

  /** Another folder of datasets over the bundled ones. */
  public EnrichmentProperties withDatasets(String folder) {
    return new EnrichmentProperties(
        folder,
        sites,
        ownDomains,
        visitorCookie,
        cookies,
        queryParameters,
        visitorSecret,
        addressBitsV4,
        addressBitsV6);
  }

  /** The datasets that may answer. */
  public DatasetCatalogue catalogue() {
    DatasetCatalogue bundled = new BundledDatasets();
    return datasets.isEmpty() ? bundled : new FileDatasetCatalogue(Path.of(datasets), bundled);
  }

  EnrichmentSettings settings() {
    EnrichmentSettings defaults = EnrichmentSettings.defaults();
    return new EnrichmentSettings(
        defaults.chain(),
        sites,
        ownDomains,
        visitorCookie,
        cookies,
        queryParameters,
        visitorSecret.isEmpty() ? defaults.visitorSecret() : visitorSecret,
        addressBitsV4,
        addressBitsV6,
        defaults.agentCache());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "aqueduct.enrich with datasets in " + (datasets.isEmpty() ? "the jars" : datasets);
  }
}
