// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.logs.CanonicalJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The messages of a pipe -> JSON lines. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the last 10 messages of a pipe (or all) as JSON lines; the pipeline need not run."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct tail enriched-logs --follow --where geo.country.iso_code=DE",
      "  ./aqueduct tail raw-logs --from-start",
    })
final class TailCommand implements Callable<Integer> {
  private static final int LAST = 10;
  private static final long POLL_MS = 500;

  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "PIPE", description = "raw-logs, enriched-logs or rejected-logs")
  private String pipe = "";

  @Option(names = "--from-start", description = "all that is stored")
  private boolean all;

  @Option(names = "--follow", description = "and what comes, until Ctrl-C")
  private boolean follow;

  @Option(
      names = "--where",
      paramLabel = "FIELD=VALUE",
      description = "only messages whose field has the value; may be repeated")
  private Map<String, String> where = Map.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    StoredMessages messages = new StoredMessages(data.existing(), pipe);
    long newest = all ? print(messages, -1) : last(messages);
    while (follow) {
      System.out.flush();
      Thread.sleep(POLL_MS);
      newest = print(messages, newest);
    }
    System.out.flush();
    return 0;
  }

  private long print(StoredMessages messages, long after) throws IOException {
    Consumer<String> out = System.out::println;
    return messages.read(
        Instant.EPOCH,
        after,
        message -> {
          String line = CanonicalJson.write(message);
          if (matches(line)) out.accept(line);
        });
  }

  private long last(StoredMessages messages) throws IOException {
    Deque<String> lines = new ArrayDeque<>();
    long newest =
        messages.read(
            Instant.EPOCH,
            -1,
            message -> {
              String line = CanonicalJson.write(message);
              if (!matches(line)) return;
              lines.add(line);
              if (lines.size() > LAST) lines.remove();
            });
    lines.forEach(System.out::println);
    return newest;
  }

  /** Loaded only when a field is asked for: help has to be quick. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private boolean matches(String line) {
    if (where.isEmpty()) return true;
    try {
      JsonNode message = Json.MAPPER.readTree(line);
      return where.entrySet().stream()
          .allMatch(
              e -> message.at("/" + e.getKey().replace('.', '/')).asText("").equals(e.getValue()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
