// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of quarantine-fn.
 *
 * @param bucket the bucket that keeps rejections
 */
@Validated
@ConfigurationProperties("aqueduct.quarantine")
public record QuarantineProperties(@DefaultValue("rejected") @NotBlank String bucket) {}
