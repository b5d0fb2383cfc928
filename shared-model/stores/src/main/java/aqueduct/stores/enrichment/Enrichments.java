// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.enrichment;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.Directory;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.enrichment.ObjectFolder;
import aqueduct.enrichment.RawLogMask;
import aqueduct.enrichment.StoredVisitorKeys;
import aqueduct.enrichment.VisitorKeys;
import aqueduct.logs.EventMask;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Settings -> what enriches by them. S3 is asked for only where a setting names a bucket. */
public final class Enrichments {
  private static final Logger log = LoggerFactory.getLogger(Enrichments.class);

  private Enrichments() {}

  /** Datasets, settings and keys, ready for enrichers. */
  public static EnrichmentContext context(EnrichmentProperties properties, Supplier<S3Client> s3) {
    return new EnrichmentContext(
        catalogue(properties, s3), properties.settings(), keys(properties, s3));
  }

  /** The datasets that may answer. */
  public static DatasetCatalogue catalogue(EnrichmentProperties properties, Supplier<S3Client> s3) {
    DatasetCatalogue bundled = new BundledDatasets();
    return properties.datasets().isEmpty()
        ? bundled
        : new FileDatasetCatalogue(folder(properties.datasets(), s3), bundled);
  }

  /** The keys of the visitor ids. */
  public static VisitorKeys keys(EnrichmentProperties properties, Supplier<S3Client> s3) {
    if (!properties.visitorKeys().isEmpty()) {
      return new StoredVisitorKeys(folder(properties.visitorKeys(), s3));
    }
    if (properties.visitorSecret().isEmpty()) {
      log.warn(
          "Neither aqueduct.enrichment.visitor-keys nor aqueduct.enrichment.visitor-secret is set:"
              + " visitor ids can be recomputed by anyone who knows an address. Set one in"
              + " production.");
      return VisitorKeys.notSecret();
    }
    return VisitorKeys.derivedFrom(properties.visitorSecret());
  }

  /** Makes what masks events before they are first packed; none if that is not configured. */
  public static Optional<Supplier<EventMask>> masks(EnrichmentProperties properties) {
    return properties.maskRawLogs()
        ? Optional.of(() -> new RawLogMask(properties.settings()))
        : Optional.empty();
  }

  /** A directory, or a prefix of a bucket. */
  public static ObjectFolder folder(String where, Supplier<S3Client> s3) {
    return where.startsWith("s3://")
        ? new BucketFolder(s3.get(), where)
        : new Directory(Path.of(where));
  }
}
