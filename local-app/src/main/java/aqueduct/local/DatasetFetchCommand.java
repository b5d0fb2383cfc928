// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.DatasetKind;
import aqueduct.enrichment.DatasetVersion;
import aqueduct.local.dataset.Download;
import aqueduct.local.dataset.Download.Fetched;
import aqueduct.local.dataset.Source;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is published -> a version of a dataset, verified before it is added. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches a file by https, http, file or s3, reads all of it as the dataset that it shall be,"
          + " and adds it.",
      "A name fetches from where that dataset is published under a free licence: geo-city, asn,"
          + " public-suffixes.",
      "Nothing is added that is not what --sha256 says, is too large, or cannot be used. No"
          + " redirect is followed."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct dataset fetch public-suffixes --accept-licence",
      "  ./aqueduct dataset fetch geo-city --date 2026-11-01 --accept-licence",
      "  ./aqueduct dataset fetch https://lists.example.org/bots.yml --name bots --licence CC0-1.0",
    })
final class DatasetFetchCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private final Clock clock = Clock.systemUTC();
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(paramLabel = "NAME|URL", description = "a dataset's name, or where a file is")
  private String what = "";

  @Option(names = "--name", paramLabel = "NAME", description = "which dataset a URL's file is")
  private @Nullable String name;

  @Option(
      names = "--date",
      paramLabel = "D",
      description = "the day from which its answers hold; default: today (UTC)")
  private @Nullable LocalDate date;

  @Option(names = "--sha256", paramLabel = "HEX", description = "what the file must be, as sent")
  private @Nullable String sha256;

  @Option(
      names = "--licence",
      paramLabel = "ID",
      description = "SPDX id or short name of a URL's file; asked for if not said")
  private @Nullable String licence;

  @Option(names = "--accept-licence", description = "accept the licence without being asked")
  private boolean accepted;

  @Option(
      names = "--retention",
      paramLabel = "TEXT",
      defaultValue = "forever",
      description = "how long the licence lets it be kept")
  private String retention = "";

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      description = "most bytes, as sent and as unpacked; default: what the dataset may have")
  private @Nullable String maxSize;

  @Override
  public Integer call() throws IOException {
    LocalDate from = date == null ? LocalDate.now(clock) : date;
    Source known = Source.known().get(what);
    URI url = known == null ? url() : known.at(from);
    DatasetKind kind = DatasetKind.named(known == null ? named() : what);
    String agreed = known == null ? askedFor() : accepted(known);
    Path directory = Files.createTempDirectory("aqueduct-fetch-");
    try {
      Fetched fetched = fetch(url, kind, directory);
      DatasetVersion added =
          DatasetCommand.catalogue(data)
              .add(kind.datasetName(), from, fetched.file(), agreed, retention);
      Table table = DatasetCommand.table();
      DatasetCommand.row(table, added);
      table.print(format.format(), System.out);
      if (sha256 == null) {
        System.err.println("To fetch the same bytes again: --sha256 " + fetched.sha256());
      }
      return 0;
    } finally {
      delete(directory);
    }
  }

  private Fetched fetch(URI url, DatasetKind kind, Path directory) throws IOException {
    long most = maxSize == null ? kind.largest() : DataSize.parse(maxSize).toBytes();
    try (Meter meter = new Meter("Fetching", "bytes", 0)) {
      return new Download(
              Optional.ofNullable(sha256), most, PATIENCE, bytes -> meter.at(bytes, bytes))
          .fetch(url, directory);
    }
  }

  private URI url() {
    if (!what.contains("://")) {
      throw new IllegalArgumentException(
          what
              + " is neither a URL nor published where Aqueduct knows it: there are "
              + String.join(", ", Source.known().keySet()));
    }
    return URI.create(what);
  }

  private String named() {
    if (name == null) {
      throw new IllegalArgumentException("Which dataset is it? Say --name, such as --name bots");
    }
    return name;
  }

  private String askedFor() {
    if (licence != null) return licence;
    Optional<String> said = ask("Under which licence is it (SPDX id or short name)? ");
    return said.filter(text -> !text.isBlank())
        .map(String::strip)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Under which licence is it? Say --licence, such as --licence CC0-1.0"));
  }

  private String accepted(Source source) {
    System.err.println(source.licence() + ": " + source.terms());
    boolean yes =
        accepted
            || ask("Do you accept that? [y/N] ")
                .filter(answer -> answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y"))
                .isPresent();
    if (!yes) {
      throw new IllegalArgumentException(
          "Fetched only when its licence is accepted: say --accept-licence");
    }
    return source.licence();
  }

  private static Optional<String> ask(String question) {
    Console console = Terminal.isTerminal() ? System.console() : null;
    return console == null ? Optional.empty() : Optional.ofNullable(console.readLine(question));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
