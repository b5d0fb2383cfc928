// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.cost;

import aqueduct.topology.Element;
import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A topology and a day's events -> the bill of that day, stage by stage, at list prices. Keeping
 * the raw files is not in it: it depends on how long they are kept, see {@link #storage}.
 */
public final class CostModel {
  private static final double SECONDS = 86_400;
  private static final double MILLION = 1e6;
  private static final double PUT_UNIT_BYTES = 25_000;
  private static final double SHARD_BYTES_PER_SECOND = 1e6;
  private static final double SHARD_RECORDS_PER_SECOND = 1000;
  private static final int DAYS_WARM = 30;
  private static final int DAYS_KEPT = 400;
  private static final double DAYS_PER_MONTH = 30.4;
  private final Topology topology;
  private final Figures figures;
  private final double events;

  public CostModel(Topology topology, Figures figures, double eventsPerDay) {
    this.topology = topology;
    this.figures = figures;
    this.events = eventsPerDay;
  }

  /** In the order of the flow. */
  public List<Cost> bill() {
    List<Cost> bill = new ArrayList<>();
    bill.add(queues());
    bill.add(objects());
    bill.add(ledger());
    bill.add(movers());
    function(bill, "streamify", "rates.streamify-per-vcpu");
    stream(bill, "raw-logs", events, figure("bytes.raw-per-event"));
    function(bill, "enrich", "rates.enrich-per-vcpu");
    stream(bill, "enriched-logs", events, figure("bytes.enriched-per-event"));
    double rejected = events * figure("bytes.rejected-share");
    stream(bill, "rejected-logs", rejected, figure("bytes.rejected-per-event"));
    bill.add(aggregation());
    bill.add(correction());
    bill.add(
        new Cost(
            "metric store",
            count(figure("aggregation.metric-writes")) + " writes",
            millions(figure("aggregation.metric-writes"), "dynamodb-write-million")));
    bill.add(new Cost("logs, metrics, alarms", "CloudWatch", figure("other.logs-and-metrics")));
    return bill;
  }

  private double figure(String name) {
    return figures.of(name);
  }

  private double price(String name) {
    return figures.of("prices." + name);
  }

  private double millions(double count, String price) {
    return count / MILLION * price(price);
  }

  private double files() {
    return Math.ceil(events / figure("traffic.events-per-file"));
  }

  private static String count(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** Of queues that something fills for every file; nobody reads development's of topology.yml. */
  private Cost queues() {
    double perFile = 0;
    for (Pipe pipe : topology.pipes().values()) {
      if (pipe.kind() != Pipe.Kind.SQS || pipe.from().contains("operator")) continue;
      perFile += figure("other.queue-sends-per-file");
      if (!pipe.to().isEmpty()) perFile += figure("other.queue-calls-per-file");
    }
    double calls = files() * perFile;
    return new Cost(
        "queues",
        count(files()) + " files, " + count(calls) + " calls",
        millions(calls, "queue-call-million"));
  }

  private Cost objects() {
    double puts = files() * figure("other.object-puts-per-file");
    double gets = files() * figure("other.object-gets-per-file");
    return new Cost(
        "buckets",
        count(puts) + " puts, " + count(gets) + " gets",
        millions(puts, "object-put-million") + millions(gets, "object-get-million"));
  }

  private Cost ledger() {
    double writes = files() * figure("other.ledger-writes-per-file");
    return new Cost(
        "ledger", count(writes) + " writes", millions(writes, "dynamodb-write-million"));
  }

  /** They wait for S3 and SQS: Lambda bills the seconds, a small container of each the day. */
  private Cost movers() {
    if (runsOn("backup", RunsOn.LAMBDA) != RunsOn.LAMBDA) {
      double vcpus = figure("rates.mover-vcpus");
      return new Cost(
          "backup, router",
          String.format(Locale.ROOT, "Fargate spot, %.1f vCPU all day", vcpus),
          containers(vcpus * 24, vcpus * 4 * 24) * price("spot-share"));
    }
    double gigabyteSeconds = files() * figure("rates.file-seconds") * figure("rates.mover-memory");
    return new Cost(
        "backup, router",
        "Lambda, " + count(2 * files()) + " invocations",
        millions(gigabyteSeconds, "lambda-gigabyte-second-million")
            + millions(2 * files(), "lambda-request-million"));
  }

  /** A guest's work is done, and paid for, in its host's process, by the host's invocations. */
  private void function(List<Cost> bill, String name, String rate) {
    RunsOn where = runsOn(name, RunsOn.LAMBDA);
    double vcpuSeconds = events / figure(rate);
    String work =
        String.format(
            Locale.ROOT, "%,.1f vCPU-hours at %,.0f events/s", vcpuSeconds / 3600, figure(rate));
    bill.add(
        where == RunsOn.LAMBDA
            ? new Cost(name, "Lambda, " + work, lambda(vcpuSeconds, isGuest(name) ? 0 : files()))
            : new Cost(name, "Fargate spot, " + work, fargate(vcpuSeconds)));
  }

  private RunsOn runsOn(String name, RunsOn otherwise) {
    Element element = topology.elements().get(name);
    return element == null ? otherwise : host(element).runsOn();
  }

  private boolean isGuest(String name) {
    return topology.elements().containsKey(name) && !topology.hostOf(name).equals(name);
  }

  private Element host(Element element) {
    return element.with().isEmpty() ? element : host(topology.element(element.with()));
  }

  /** An invocation for every file, or shard batch of about as many events. */
  private double lambda(double vcpuSeconds, double invocations) {
    double gigabyteSeconds = vcpuSeconds * price("lambda-gigabytes-per-vcpu");
    return millions(gigabyteSeconds, "lambda-gigabyte-second-million")
        + millions(invocations, "lambda-request-million");
  }

  private double fargate(double vcpuSeconds) {
    double hours = vcpuSeconds / figure("rates.busy-share") / 3600;
    return containers(hours, hours * 2) * price("spot-share");
  }

  private double containers(double vcpuHours, double gigabyteHours) {
    return vcpuHours * price("fargate-vcpu-hour") + gigabyteHours * price("fargate-gigabyte-hour");
  }

  private void stream(List<Cost> bill, String name, double messages, double bytesEach) {
    Pipe pipe = topology.pipes().get(name);
    if (pipe == null || pipe.kind() != Pipe.Kind.KINESIS) {
      bill.add(new Cost(name, "no stream: a call within the process", 0));
      return;
    }
    double perRecord = figure("bytes.events-per-record");
    double peak =
        messages / SECONDS * figure("traffic.peak-over-average") * figure("traffic.headroom");
    double shards =
        Math.max(
            1,
            Math.ceil(
                Math.max(
                    peak * bytesEach / SHARD_BYTES_PER_SECOND,
                    peak / perRecord / SHARD_RECORDS_PER_SECOND)));
    double units = messages / perRecord * Math.ceil(perRecord * bytesEach / PUT_UNIT_BYTES);
    bill.add(
        new Cost(
            name,
            String.format(Locale.ROOT, "%,.0f shards, %,.0f bytes/event", shards, bytesEach),
            shards * 24 * price("shard-hour") + millions(units, "put-unit-million")));
  }

  private Cost aggregation() {
    double vcpus = figure("aggregation.vcpus");
    double gigabytes = figure("aggregation.gigabytes");
    boolean emr = runsOn("aggregate", RunsOn.EMR) == RunsOn.EMR;
    String what = emr ? "EMR Serverless" : "Fargate";
    return new Cost(
        "aggregate",
        String.format(Locale.ROOT, "%s, %.1f vCPU and %.0f GB all day", what, vcpus, gigabytes),
        emr
            ? vcpus * 24 * price("emr-vcpu-hour") + gigabytes * 24 * price("emr-gigabyte-hour")
            : containers(vcpus * 24, gigabytes * 24));
  }

  private Cost correction() {
    double hours = events / figure("rates.correction-per-vcpu") / 3600;
    return new Cost(
        "correction",
        String.format(Locale.ROOT, "%,.1f vCPU-hours on spot", hours),
        containers(hours, hours * 4) * price("spot-share"));
  }

  /** What keeping this day's raw files costs in all, by the lifecycle rules of the manifests. */
  public Cost storage() {
    double gigabytes = events * figure("bytes.source-per-event") / 1e9;
    double dollars =
        gigabytes
            * (DAYS_WARM / DAYS_PER_MONTH * price("storage-gigabyte-month")
                + (DAYS_KEPT - DAYS_WARM) / DAYS_PER_MONTH * price("cold-storage-gigabyte-month"));
    return new Cost(
        "kept files",
        String.format(
            Locale.ROOT,
            "%,.0f GB for %d days, %d of them cold",
            gigabytes,
            DAYS_KEPT,
            DAYS_KEPT - DAYS_WARM),
        dollars);
  }
}
