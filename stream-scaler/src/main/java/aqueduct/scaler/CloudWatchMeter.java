// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** The stream's own metrics in CloudWatch, minute by minute -> its loads. */
public final class CloudWatchMeter implements LoadMeter {
  private static final int PERIOD = 60;
  private final CloudWatchClient cloudWatch;

  public CloudWatchMeter(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public List<Load> recent(String stream, Instant now, Duration back) {
    Map<Instant, Double> records = new HashMap<>();
    points(stream, "IncomingRecords", now, back)
        .forEach(point -> records.put(point.timestamp(), point.sum()));
    List<Load> loads = new ArrayList<>();
    for (Datapoint bytes : points(stream, "IncomingBytes", now, back)) {
      double count = records.getOrDefault(bytes.timestamp(), 0.0);
      loads.add(new Load(bytes.timestamp(), bytes.sum() / PERIOD, count / PERIOD));
    }
    loads.sort(Comparator.comparing(Load::at));
    return loads;
  }

  private List<Datapoint> points(String stream, String metric, Instant now, Duration back) {
    return cloudWatch
        .getMetricStatistics(
            r ->
                r.namespace("AWS/Kinesis")
                    .metricName(metric)
                    .dimensions(Dimension.builder().name("StreamName").value(stream).build())
                    .startTime(now.minus(back))
                    .endTime(now)
                    .period(PERIOD)
                    .statistics(Statistic.SUM))
        .datapoints();
  }
}
