// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.dead.DeadLetter;
import aqueduct.local.dead.DeadLetters;
import aqueduct.local.system.StoredSystem;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Dead letters -> a look at them, or their pipes again. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Counts the dead letters of every queue, shows them, sends them back.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct dlq",
      "  ./aqueduct dlq peek arrived-files --most 3",
      "  ./aqueduct dlq redrive arrived-files --rate 50",
      "  ./aqueduct dlq redrive --dry-run",
    })
final class DlqCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws IOException {
    return list(data, format);
  }

  private static StoredSystem open(DataOption where) throws IOException {
    return StoredSystem.open(where.existing(), Server.SQS);
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Counts the dead letters of every queue.",
      footer = {"", "Examples:", "  ./aqueduct dlq ls --format json"})
  int list(@Mixin DataOption where, @Mixin FormatOption how) throws IOException {
    try (StoredSystem stored = open(where)) {
      Table table = new Table("pipe", "dead_letter_queue", "messages");
      for (DeadLetters queue : DeadLetters.all(stored, Optional.empty())) {
        table.add(queue.pipe(), queue.queue(), queue.count());
      }
      table.print(how.format(), System.out);
      return 0;
    }
  }

  @Command(
      name = "peek",
      mixinStandardHelpOptions = true,
      description = "Shows dead letters; they stay where they are.",
      footer = {"", "Examples:", "  ./aqueduct dlq peek arrived-files --most 3"})
  int peek(
      @Mixin DataOption where,
      @Mixin FormatOption how,
      @Parameters(paramLabel = "PIPE", description = "whose dead letters") String pipe,
      @Option(names = "--most", paramLabel = "N", defaultValue = "10", description = "at most N")
          int most)
      throws IOException {
    try (StoredSystem stored = open(where)) {
      Table table = new Table("id", "sent", "receives", "body");
      for (DeadLetters queue : DeadLetters.all(stored, Optional.of(pipe))) {
        for (DeadLetter letter : queue.peek(most)) {
          table.add(letter.id(), letter.sent(), letter.receives(), letter.shown());
        }
      }
      table.print(how.format(), System.out);
      return 0;
    }
  }

  @Command(
      name = "redrive",
      mixinStandardHelpOptions = true,
      description = {
        "Sends dead letters back to their queue. What was done before is recognised and changes nothing."
      },
      footer = {
        "",
        "Examples:",
        "  ./aqueduct dlq redrive arrived-files --rate 50",
        "  ./aqueduct dlq redrive --dry-run"
      })
  int redrive(
      @Mixin DataOption where,
      @Parameters(
              arity = "0..1",
              paramLabel = "PIPE",
              description = "whose dead letters; default: all")
          @Nullable String pipe,
      @Option(
              names = "--rate",
              paramLabel = "PER_S",
              defaultValue = "100",
              description = "messages per second, 1 to 500; default: 100")
          int rate,
      @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
          boolean dryRun)
      throws IOException {
    if (rate < 1 || rate > 500) {
      throw new IllegalArgumentException("--rate is " + rate + ": must be 1 to 500");
    }
    try (StoredSystem stored = open(where)) {
      for (DeadLetters queue : DeadLetters.all(stored, Optional.ofNullable(pipe))) {
        long count = queue.count();
        if (count == 0 || dryRun) {
          System.out.printf(
              "%s: %,d dead letters%s%n", queue.pipe(), count, dryRun ? "; nothing sent" : "");
          continue;
        }
        try (Meter meter = new Meter("Back to " + queue.pipe(), "messages", count)) {
          queue.redrive(rate, moved -> meter.at(moved, Math.max(count, moved)));
        }
        System.out.printf("%s: %,d dead letters sent back%n", queue.pipe(), count);
      }
      return 0;
    }
  }
}
