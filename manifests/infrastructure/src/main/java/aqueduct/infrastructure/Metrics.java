// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.sub;

import java.util.List;
import java.util.Map;

/** Metrics of CloudWatch by pipe and element. */
final class Metrics {
  private Metrics() {}

  static Map<String, Object> queue(String pipe, String metric, String statistic) {
    return of("AWS/SQS", metric, "QueueName", pipe, statistic);
  }

  static Map<String, Object> stream(String pipe, String metric, String statistic) {
    return of("AWS/Kinesis", metric, "StreamName", pipe, statistic);
  }

  static Map<String, Object> function(String element, String metric, String statistic) {
    return of("AWS/Lambda", metric, "FunctionName", element, statistic);
  }

  private static Map<String, Object> of(
      String namespace, String metric, String dimension, String name, String statistic) {
    return map(
        "Namespace", namespace,
        "MetricName", metric,
        "Dimensions", List.of(map("Name", dimension, "Value", sub("${Prefix}" + name))),
        "Statistic", statistic);
  }
}
