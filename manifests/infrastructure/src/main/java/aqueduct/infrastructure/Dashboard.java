// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** The pipes in the order of the flow: what waits, what passes, what was given up. */
final class Dashboard {
  private static final int WIDTH = 8;
  private static final int HEIGHT = 6;
  private final Topology topology;
  private final Template template;
  private final List<String> widgets = new ArrayList<>();

  Dashboard(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  void write() {
    topology.pipes().forEach(this::pipe);
    template.resource(
        "Dashboard",
        "AWS::CloudWatch::Dashboard",
        map(
            "DashboardName", sub("${Prefix}pipes"),
            "DashboardBody", sub("{\"widgets\":[" + String.join(",", widgets) + "]}")));
  }

  private void pipe(String name, Pipe pipe) {
    if (pipe.kind() == Pipe.Kind.SQS) {
      List<String> metrics = new ArrayList<>();
      metrics.add(metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name));
      metrics.add(metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", name));
      if (!pipe.deadLetter().isEmpty()) {
        metrics.add(
            metric(
                "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", pipe.deadLetter()));
      }
      widget(name, metrics);
    } else if (pipe.kind() == Pipe.Kind.KINESIS) {
      widget(
          name,
          List.of(
              metric("AWS/Kinesis", "IncomingBytes", "StreamName", name),
              metric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", name),
              metric("AWS/Kinesis", "WriteProvisionedThroughputExceeded", "StreamName", name)));
    }
  }

  private static String metric(String namespace, String metric, String dimension, String name) {
    return "[\"%s\",\"%s\",\"%s\",\"${Prefix}%s\"]".formatted(namespace, metric, dimension, name);
  }

  private void widget(String title, List<String> metrics) {
    int place = widgets.size();
    widgets.add(
        ("{\"type\":\"metric\",\"x\":%d,\"y\":%d,\"width\":%d,\"height\":%d,\"properties\":"
                + "{\"title\":\"%s\",\"region\":\"${AWS::Region}\",\"period\":300,\"stat\":\"Maximum\",\"metrics\":[%s]}}")
            .formatted(
                place % 3 * WIDTH,
                place / 3 * HEIGHT,
                WIDTH,
                HEIGHT,
                title,
                String.join(",", metrics)));
  }
}
