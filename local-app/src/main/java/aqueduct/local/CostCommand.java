// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.cost.Cost;
import aqueduct.local.cost.CostModel;
import aqueduct.local.cost.Figures;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A rate -> what a day of it costs on AWS, stage by stage, and what that rests on. */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "Prints what a day costs on AWS, stage by stage, and every assumption behind it.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct cost --events-per-day 1500000000",
      "  ./aqueduct cost --rate 500 --over fused",
      "  ./aqueduct cost --rate 17361 --set rates.enrich-per-vcpu=100000"
    })
final class CostCommand implements Callable<Integer> {
  private static final double SECONDS_A_DAY = 86_400;
  private static final List<List<String>> OTHERS =
      List.of(List.of("fused"), List.of("on-ecs"), List.of("on-ecs", "fused"));

  @Option(
      names = "--rate",
      paramLabel = "EVENTS_PER_S",
      description = "events a second, on average")
  private @Nullable Double rate;

  @Option(names = "--events-per-day", paramLabel = "N", description = "events a day")
  private @Nullable Double eventsPerDay;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "another value for one of the figures that are printed")
  private Map<String, Double> changed = new LinkedHashMap<>();

  @Mixin private TopologyOption topology = new TopologyOption();
  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws IOException {
    double events = events();
    Figures figures = Figures.defaults();
    for (Map.Entry<String, Double> change : changed.entrySet()) {
      figures = figures.with(change.getKey(), change.getValue());
    }
    CostModel model = new CostModel(topology.read(), figures, events);
    print(model, events, System.out);
    if (format.format() == Format.TABLE) {
      if (!topology.isGiven()) others(figures, events, System.out);
      assumptions(figures, System.out);
    }
    return 0;
  }

  private double events() {
    if ((rate == null) == (eventsPerDay == null)) {
      throw new IllegalArgumentException("give one of --rate and --events-per-day");
    }
    double events = rate != null ? rate * SECONDS_A_DAY : eventsPerDay;
    if (!(events > 0)) throw new IllegalArgumentException("the rate must be more than 0");
    return events;
  }

  private void print(CostModel model, double events, PrintStream out) {
    List<Cost> bill = model.bill();
    double total = total(bill);
    Table table = new Table("dollars_a_day", "stage", "made_of");
    bill.forEach(cost -> add(table, cost));
    add(table, new Cost("total", perBillion(total, events), total));
    add(table, model.storage());
    table.print(format.format(), out);
  }

  private static double total(List<Cost> bill) {
    return bill.stream().mapToDouble(Cost::dollars).sum();
  }

  /** What the same day costs by the topologies that the project brings. */
  private static void others(Figures figures, double events, PrintStream out) throws IOException {
    out.println();
    out.println("Total of the same day with other files over topology.yml:");
    Table table = new Table("dollars_a_day", "over");
    for (List<String> names : OTHERS) {
      CostModel other =
          new CostModel(
              TopologyOption.read(names.stream().map(Path::of).toList()), figures, events);
      table.add(dollars(total(other.bill())), "--over " + String.join(" --over ", names));
    }
    table.print(Format.TABLE, out);
  }

  private static void add(Table table, Cost cost) {
    table.add(dollars(cost.dollars()), cost.stage(), cost.what());
  }

  private static BigDecimal dollars(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
  }

  private static String perBillion(double total, double events) {
    return "%.0f events; %.2f dollars per billion events".formatted(events, total / events * 1e9);
  }

  private static void assumptions(Figures figures, PrintStream out) {
    out.println();
    out.println(
        "The total has no storage of kept files (last line: for as long as the manifests keep them), no report-app, no arbiter-app, no support and no data transfer.");
    out.println("It rests on these figures; set others by --set NAME=VALUE:");
    Table table = new Table("value", "name", "where_from");
    figures
        .byName()
        .forEach(
            (name, figure) ->
                table.add(
                    BigDecimal.valueOf(figure.value()).stripTrailingZeros().toPlainString(),
                    name,
                    figure.source()));
    table.print(Format.TABLE, out);
  }
}
