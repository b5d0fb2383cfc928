// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of enrich-fn alone; those of the enrichment itself are {@link
 * aqueduct.stores.enrichment.EnrichmentProperties}.
 *
 * @param output the pipe that takes the EnrichedLogs
 * @param codec zstd or kpl, of what it writes
 * @param threads records of one batch that are enriched at a time; 0: one per processor
 * @param attempts how often a record may fail in a way that nobody expected before it is put aside
 * @param locks whether instances share the shards out by locks, as those that come and go must; a
 *     lock costs each shard about a second a poll
 */
@Validated
@ConfigurationProperties("aqueduct.enrich")
public record EnrichProperties(
    @DefaultValue("enriched-logs") @NotBlank String output,
    @DefaultValue("zstd") @Pattern(regexp = "zstd|kpl", message = "must be zstd or kpl")
        String codec,
    @DefaultValue("0") @Min(0) @Max(256) int threads,
    @DefaultValue("3") @Min(1) @Max(100) int attempts,
    @DefaultValue("false") boolean locks) {}
