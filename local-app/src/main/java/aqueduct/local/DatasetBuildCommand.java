// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.DatasetVersion;
import aqueduct.enrichment.UserAgentDictionary;
import aqueduct.local.dataset.AgentCounts;
import aqueduct.local.system.GivenFile;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.servers.ServersSettings.Server;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** Logs -> a version of the dataset that only logs can make: the user agents. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Builds the user-agent dictionary: what yauaa says of every agent in log files, or in the"
          + " kept files of a day,",
      "so that a new process answers without building yauaa, which costs it seconds. It changes no"
          + " answer, only its",
      "cost. The same logs give the same dictionary. It holds from the day after the newest event,"
          + " or from --date:",
      "choose a day of which nothing is enriched yet, since events are stamped with the"
          + " dictionary's date."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct dataset build user-agents sample-logs",
      "  ./aqueduct dataset build user-agents --day 2026-11-24 --most 50000",
    })
final class DatasetBuildCommand implements Callable<Integer> {
  private static final String NAME = "user-agents";
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(index = "0", paramLabel = "user-agents", description = "what is built")
  private String what = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description = "log files, or directories of them")
  private List<Path> paths = List.of();

  @Option(
      names = "--day",
      paramLabel = "D",
      description = "instead of files: the events of that UTC day in the kept files of --data")
  private @Nullable LocalDate day;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "the day from which it answers; default: the day after the newest event")
  private @Nullable LocalDate date;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100000",
      description = "at most N agents, the most frequent ones; default: 100000")
  private int most;

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "" + UserAgentDictionary.LEAST_SEEN,
      description =
          "only agents of N requests or more: a rarer one says more of a viewer than of a browser;"
              + " default: "
              + UserAgentDictionary.LEAST_SEEN)
  private int least;

  @Override
  public Integer call() throws IOException {
    if (!what.equals(NAME)) {
      throw new IllegalArgumentException(what + " is not made of logs: only " + NAME + " are");
    }
    if (paths.isEmpty() == (day == null)) {
      throw new IllegalArgumentException("Say either files or --day");
    }
    AgentCounts counts = day == null ? ofFiles() : ofDay(day);
    LocalDate newest =
        counts.lastDay().orElseThrow(() -> new WorkFailed("There is no event in these logs"));
    List<String> agents = counts.most(most, least);
    say(counts, agents);
    if (agents.isEmpty()) {
      throw new WorkFailed("No agent has " + least + " requests or more: see --least");
    }
    Path file = Files.createTempFile("user-agents-", ".zst");
    try {
      write(agents, file);
      DatasetVersion added =
          DatasetCommand.catalogue(data)
              .add(NAME, date == null ? newest.plusDays(1) : date, file, "Apache-2.0", "forever");
      Table table = DatasetCommand.table();
      DatasetCommand.row(table, added);
      table.print(format.format(), System.out);
      return 0;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void say(AgentCounts counts, List<String> agents) {
    System.err.printf(
        "%,d requests, %,d agents; %,d of them listed, which answer for %.2f %% of the requests%n",
        counts.requests(),
        counts.distinct(),
        agents.size(),
        100.0 * counts.requestsOf(agents) / Math.max(1, counts.requests()));
    if (counts.rejectedLines() > 0) {
      System.err.printf("%,d lines could not be read%n", counts.rejectedLines());
    }
  }

  private static void write(List<String> agents, Path file) throws IOException {
    try (Meter meter = new Meter("Analysing", "agents", agents.size());
        OutputStream out = Files.newOutputStream(file)) {
      UserAgentDictionary.write(agents, out, done -> meter.at(done, agents.size()));
    }
  }

  private AgentCounts ofFiles() throws IOException {
    AgentCounts counts = new AgentCounts(any -> true);
    for (Path path : paths) {
      for (Path file : RunCommand.logs(path)) {
        GivenFile given = GivenFile.of(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          counts.add(new LogFile("given", given.name(), given.etag(), given.size()), in);
        }
      }
    }
    return counts;
  }

  private AgentCounts ofDay(LocalDate wanted) throws IOException {
    AgentCounts counts = new AgentCounts(wanted::equals);
    try (StoredSystem stored = StoredSystem.open(data.existing(), Server.S3, Server.DYNAMODB)) {
      S3Client s3 = stored.s3();
      for (LogFile file : files(stored, wanted)) {
        try (InputStream in = s3.getObject(get -> get.bucket(file.bucket()).key(file.key()))) {
          counts.add(file, in);
        }
      }
    }
    return counts;
  }

  private static List<LogFile> files(StoredSystem stored, LocalDate day) {
    try (Stream<Entry> entries = stored.ledger().entries()) {
      return entries
          .filter(entry -> entry.summary().filter(of -> mayHold(of, day)).isPresent())
          .map(Entry::file)
          .sorted(Comparator.comparing(LogFile::key))
          .toList();
    }
  }

  private static boolean mayHold(FileSummary file, LocalDate day) {
    Instant start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return file.firstEvent().filter(time -> time.isBefore(end)).isPresent()
        && file.lastEvent().filter(time -> !time.isBefore(start)).isPresent();
  }
}
