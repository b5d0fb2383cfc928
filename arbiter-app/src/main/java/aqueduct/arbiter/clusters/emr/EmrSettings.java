// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What EMR clusters are made of.
 *
 * @param environment its clusters are named {@code aqueduct-<environment>-<launch id>}
 * @param releaseLabel of EMR, with Spark 4
 * @param subnets by zone; the key {@code any} where a spec names none
 * @param serviceRole of EMR
 * @param instanceProfile of the machines
 * @param logUri where logs go; empty: nowhere
 * @param coreType of the primary and core machines, which are on demand
 * @param spotPatience until a cluster that gets no spot machines gives up
 * @param submit the arguments of spark-submit, without the writer token
 */
public record EmrSettings(
    @DefaultValue("production") String environment,
    @DefaultValue("emr-spark-8.0.0") String releaseLabel,
    Map<String, String> subnets,
    @DefaultValue("EMR_DefaultRole") String serviceRole,
    @DefaultValue("EMR_EC2_DefaultRole") String instanceProfile,
    @DefaultValue("") String logUri,
    @DefaultValue("m6g.xlarge") String coreType,
    @DefaultValue("10m") Duration spotPatience,
    List<String> submit) {

  String clusterName(String launchId) {
    return prefix() + launchId;
  }

  String prefix() {
    return "aqueduct-" + environment + "-";
  }

  /** The subnet of the zone. */
  String subnet(String zone) {
    String subnet = subnets.get(zone.isEmpty() ? "any" : zone);
    if (subnet == null) {
      throw new IllegalArgumentException(
          "aqueduct.arbiter.emr.subnets has none for zone '"
              + (zone.isEmpty() ? "any" : zone)
              + "': name its subnet");
    }
    return subnet;
  }
}
