// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of streamify-fn.
 *
 * @param bucket the bucket of kept files; notices of any other are refused
 * @param output the pipe that takes the RawLogs
 * @param codec zstd (default, 3 to 4 times fewer bytes) or kpl (readable by every stock
 *     de-aggregator)
 * @param lease how long a file stays claimed without a sign of its worker; renewed every third of
 *     it
 */
@Validated
@ConfigurationProperties("aqueduct.streamify")
public record StreamifyProperties(
    @DefaultValue("backup") @NotBlank String bucket,
    @DefaultValue("raw-logs") @NotBlank String output,
    @DefaultValue("zstd") @Pattern(regexp = "zstd|kpl", message = "must be zstd or kpl")
        String codec,
    @DefaultValue("2m") @DurationMin(seconds = 3) @DurationMax(hours = 12) Duration lease) {}
