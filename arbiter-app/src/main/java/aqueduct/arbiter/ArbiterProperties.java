// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Limits;
import aqueduct.arbiter.decision.Patience;
import aqueduct.arbiter.decision.Restraint;
import aqueduct.arbiter.decision.Scale;
import aqueduct.arbiter.decision.SpotRule;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of arbiter-app; application.yml holds the usual values.
 *
 * @param backend standalone, emr or emr-serverless
 * @param name of this arbiter in the decision log; empty: host and process
 * @param table in DynamoDB
 * @param dryRun only says what it would do
 * @param every pause between two looks
 * @param lease how long an arbiter that is gone keeps the lease
 * @param jdbcUrl the metric store in PostgreSQL
 * @param user its user
 * @param password its password
 * @param batchLimit what a batch may take
 * @param patience how long something may look wrong before it is
 * @param restraint what keeps the arbiter from doing harm
 * @param scale when a cluster grows and shrinks
 * @param spot when spot capacity is used
 * @param specs ways to start a cluster by name, the preferred first
 */
@Validated
@ConfigurationProperties("aqueduct.arbiter")
public record ArbiterProperties(
    @NotBlank String backend,
    @DefaultValue("") String name,
    @DefaultValue("arbiter") @NotBlank String table,
    @DefaultValue("false") boolean dryRun,
    @DefaultValue("30s") @DurationMin(millis = 100) Duration every,
    @DefaultValue("30s") @DurationMin(seconds = 1) Duration lease,
    @DefaultValue("jdbc:postgresql://127.0.0.1:5432/aqueduct") @NotBlank String jdbcUrl,
    @DefaultValue("aqueduct") String user,
    @DefaultValue("") String password,
    Duration batchLimit,
    Patience patience,
    Restraint restraint,
    Scale scale,
    SpotRule spot,
    @NotEmpty Map<String, Spec> specs) {

  /**
   * One way to start a cluster.
   *
   * @param instanceTypes any of which will do
   * @param zone where; empty: anywhere
   * @param spot whether it may be taken away
   * @param onDemandPrice of one unit for an hour, in dollars
   */
  public record Spec(
      @DefaultValue List<String> instanceTypes,
      @DefaultValue("") String zone,
      @DefaultValue("false") boolean spot,
      @DefaultValue("0") double onDemandPrice) {}

  Limits limits() {
    List<LaunchSpec> ways =
        specs.entrySet().stream()
            .map(
                e ->
                    new LaunchSpec(
                        e.getKey(),
                        e.getValue().instanceTypes(),
                        e.getValue().zone(),
                        e.getValue().spot(),
                        e.getValue().onDemandPrice()))
            .toList();
    return new Limits(batchLimit, patience, restraint, scale, spot, ways);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "aqueduct.arbiter of " + backend + " clusters";
  }
}
