// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.clusters.SpotPrices;
import aqueduct.arbiter.decision.LaunchSpec;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/**
 * EC2's price history -> what each launch spec costs now: the dearest of its types, in its zone or
 * in any, since EMR may take that one. A spec whose types have no price is left out.
 */
public final class SpotPriceHistory implements SpotPrices {
  private final Ec2Client ec2;
  private final List<LaunchSpec> specs;
  private final double fee;
  private final Clock clock;

  /**
   * Of these specs.
   *
   * @param fee of EMR for a unit-hour, which the specs' on-demand prices hold as well
   */
  public SpotPriceHistory(Ec2Client ec2, List<LaunchSpec> specs, double fee, Clock clock) {
    this.ec2 = ec2;
    this.specs = specs;
    this.fee = fee;
    this.clock = clock;
  }

  @Override
  public Map<String, Double> now() {
    List<String> types =
        specs.stream()
            .filter(LaunchSpec::spot)
            .flatMap(spec -> spec.instanceTypes().stream())
            .distinct()
            .toList();
    if (types.isEmpty()) {
      return Map.of();
    }
    List<SpotPrice> history =
        ec2
            .describeSpotPriceHistoryPaginator(
                r ->
                    r.instanceTypesWithStrings(types)
                        .productDescriptions("Linux/UNIX")
                        .startTime(clock.instant()))
            .spotPriceHistory()
            .stream()
            .toList();
    Map<String, Double> prices = new HashMap<>();
    for (LaunchSpec spec : specs) {
      dearest(spec, history).ifPresent(price -> prices.put(spec.name(), price + fee));
    }
    return prices;
  }

  private static OptionalDouble dearest(LaunchSpec spec, List<SpotPrice> history) {
    return history.stream()
        .filter(price -> spec.spot() && spec.instanceTypes().contains(price.instanceTypeAsString()))
        .filter(price -> spec.zone().isEmpty() || price.availabilityZone().endsWith(spec.zone()))
        .mapToDouble(price -> Double.parseDouble(price.spotPrice()))
        .max();
  }
}
