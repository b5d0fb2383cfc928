// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of enrich-fn.
 *
 * @param codec zstd or kpl, of what it writes
 * @param threads records of one batch that are enriched at a time; 0: one per processor
 * @param attempts how often a record may fail in a way that nobody expected before it is put aside
 * @param datasets directory of datasets over the bundled ones; empty: the bundled ones alone
 * @param sites host name -> site id; other hosts are their own site
 * @param ownDomains domains whose referrers are internal, beside the site's own
 * @param visitorCookie the cookie that holds a visitor's id
 * @param cookies cookies whose values may travel
 * @param queryParameters query parameters whose values may travel
 * @param visitorSecret key of the visitor ids; set it, and keep it secret
 * @param addressBitsV4 bits of an IPv4 address that are kept
 * @param addressBitsV6 bits of an IPv6 address that are kept
 */
@Validated
@ConfigurationProperties("aqueduct.enrich")
public record EnrichProperties(
    @DefaultValue("zstd") @Pattern(regexp = "zstd|kpl", message = "must be zstd or kpl")
        String codec,
    @DefaultValue("0") @Min(0) @Max(256) int threads,
    @DefaultValue("3") @Min(1) @Max(100) int attempts,
    @DefaultValue("") String datasets,
    @DefaultValue Map<String, String> sites,
    @DefaultValue Set<String> ownDomains,
    @DefaultValue("") String visitorCookie,
    @DefaultValue Set<String> cookies,
    @DefaultValue({"utm_medium", "utm_source", "utm_campaign", "utm_term", "utm_content"})
        Set<String> queryParameters,
    @DefaultValue("") String visitorSecret,
    @DefaultValue("24") @Min(0) @Max(32) int addressBitsV4,
    @DefaultValue("48") @Min(0) @Max(128) int addressBitsV6) {}
