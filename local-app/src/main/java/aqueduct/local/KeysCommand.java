// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.StoredVisitorKeys;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** The keys of visitor ids -> which days have one, and fewer of them. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Lists and destroys the keys under which addresses and cookies become visitor ids, one per"
          + " UTC day, where",
      "aqueduct.enrichment.visitor-keys says that they are stored. Once a day's key is destroyed"
          + " nobody can make",
      "the day's ids again; running processes notice within 5 minutes."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct keys ls --keys s3://my-keys/visitors",
      "  ./aqueduct keys destroy --before 2026-08-01 --config mine.yml",
      "  ./aqueduct keys destroy 2026-11-24 --keys visitor-keys",
    })
final class KeysCommand {
  /** Where the keys are. */
  static final class KeysOptions {
    @Option(
        names = "--keys",
        paramLabel = "WHERE",
        description = "a directory or s3://bucket/prefix; default: what --config says")
    private @Nullable String keys;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "settings, of which aqueduct.enrichment.visitor-keys is read")
    private @Nullable Path config;

    StoredVisitorKeys open() throws IOException {
      EnrichmentProperties settings = TestCommand.properties(Optional.ofNullable(config));
      String where = keys == null ? settings.visitorKeys() : keys;
      if (where.isEmpty()) {
        throw new IllegalArgumentException(
            "Where are the keys? Say --keys, or --config with aqueduct.enrichment.visitor-keys."
                + " Ids made from aqueduct.enrichment.visitor-secret have no stored key: change the"
                + " secret to destroy them all");
      }
      return new StoredVisitorKeys(Enrichments.folder(where, S3Client::create));
    }
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists the days that have a key, and those whose key was destroyed.",
      footer = {"", "Examples:", "  ./aqueduct keys ls --keys visitor-keys --format csv"})
  int ls(@Mixin KeysOptions keys, @Mixin FormatOption format) throws IOException {
    Table table = new Table("day", "key");
    for (Map.Entry<LocalDate, Boolean> day : keys.open().days().entrySet()) {
      table.add(day.getKey().toString(), day.getValue() ? "kept" : "destroyed");
    }
    table.print(format.format(), System.out);
    return 0;
  }

  @Command(
      name = "destroy",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys keys for good: of days, of all days before one, or with 'lasting' that of the ids"
            + " of cookies."
      },
      footer = {
        "",
        "Examples:",
        "  ./aqueduct keys destroy 2026-11-24 --keys visitor-keys",
        "  ./aqueduct keys destroy --before 2026-08-01 --keys visitor-keys"
      })
  int destroy(
      @Mixin KeysOptions keys,
      @Parameters(arity = "0..*", paramLabel = "DAY|lasting", description = "whose key")
          @Nullable List<String> days,
      @Option(names = "--before", paramLabel = "D", description = "those of all days before D")
          @Nullable LocalDate before)
      throws IOException {
    List<String> named = days == null ? List.of() : days;
    if (named.isEmpty() && before == null) {
      throw new IllegalArgumentException("Whose key? Say days, or --before");
    }
    named.forEach(KeysCommand::require);
    StoredVisitorKeys stored = keys.open();
    for (String day : named) {
      if (day.equals("lasting")) stored.destroyLasting();
      else stored.destroy(LocalDate.parse(day));
      System.out.println(day + ": destroyed");
    }
    if (before != null) {
      List<LocalDate> destroyed = stored.destroyBefore(before);
      destroyed.forEach(day -> System.out.println(day + ": destroyed"));
      if (destroyed.isEmpty()) System.out.println("No day before " + before + " has a key");
    }
    return 0;
  }

  private static void require(String day) {
    try {
      if (!day.equals("lasting")) LocalDate.parse(day);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(day + " is no day like 2026-11-24, nor 'lasting'", e);
    }
  }
}
