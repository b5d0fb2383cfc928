// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is told of kept files.
 *
 * @param buckets buckets whose files are routed; messages about others are rejected
 * @param eventSources senders that are believed: eventSource of S3 notifications, source of
 *     EventBridge
 * @param environments who is told, by name; a profile can add to them
 * @param pause how long an environment that was given up is not tried again
 */
@Validated
@ConfigurationProperties("aqueduct.router")
public record RouterProperties(
    @NotEmpty Set<String> buckets,
    @NotEmpty @DefaultValue({"aws:s3", "aws.s3"}) Set<String> eventSources,
    @NotEmpty Map<String, @Valid Environment> environments,
    @DefaultValue("30s") Duration pause) {

  /**
   * One receiver of notices.
   *
   * @param binding the output binding of its queue
   * @param enabled whether it is told at all
   * @param samplePercent share of the files that it is told of; the same files every time, and of a
   *     larger share at least those of a smaller one
   * @param required whether a notice counts as routed only when this environment has it. If not, it
   *     is given up after its tries, with a rejection, and never holds up the others
   * @param tries how often a send is tried before an environment that is not required is given up
   */
  public record Environment(
      @NotBlank String binding,
      @DefaultValue("true") boolean enabled,
      @DecimalMin("0") @DecimalMax("100") @DefaultValue("100") double samplePercent,
      @DefaultValue("true") boolean required,
      @Min(1) @Max(10) @DefaultValue("3") int tries) {}
}
