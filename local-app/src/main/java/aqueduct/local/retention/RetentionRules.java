// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * How long each store keeps what it holds, {@code aqueduct.retention} in topology.yml: a time such
 * as {@code 90d}, or {@code forever}.
 *
 * @param raw files of the backup, from their arrival; never before their days are locked
 * @param rejections kept rejections, from their arrival
 * @param lake days of the lake, from their end; at least as long as raw
 * @param versions how many of a day's newest versions keep their numbers; what is shown and the
 *     live count always do
 */
public record RetentionRules(
    @DefaultValue("400d") @NotBlank String raw,
    @DefaultValue("90d") @NotBlank String rejections,
    @DefaultValue("forever") @NotBlank String lake,
    @DefaultValue("3") @Min(1) @Max(1000) int versions) {
  public RetentionRules {
    boolean lakeEnds = !limit("lake", lake, Instant.EPOCH).equals(Instant.MIN);
    if (lakeEnds && limit("lake", lake, Instant.EPOCH).isAfter(limit("raw", raw, Instant.EPOCH))) {
      throw new IllegalArgumentException(
          "aqueduct.retention.lake "
              + lake
              + " is shorter than raw, "
              + raw
              + ": the next correction would make the days again");
    }
  }

  static RetentionRules of(ConfigurableEnvironment environment) {
    return Binder.get(environment).bindOrCreate("aqueduct.retention", RetentionRules.class);
  }

  /** What came before this is kept no longer. */
  static Instant limit(String name, String rule, Instant now) {
    if (rule.equals("forever")) {
      return Instant.MIN;
    }
    try {
      Duration kept = DurationStyle.detectAndParse(rule);
      if (kept.isNegative() || kept.isZero()) {
        throw new IllegalArgumentException("is not a time to keep anything");
      }
      return now.minus(kept);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "aqueduct.retention." + name + " " + rule + " must be a time such as 90d, or forever", e);
    }
  }
}
