// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.enrichment.Enricher;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.logs.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * The functions as they are deployed (looked up as a binder does, with ledger, metrics and codec;
 * S3, ledger and streams stubbed) against the bare core loops, on the same files.
 */
final class FrameworkTax {
  private static final double GOAL = 0.75;

  /** Records of one poll of a busy shard. */
  private static final int BATCH = 32;

  private final Corpus corpus;
  private final Rounds rounds;
  private final Figures figures;

  FrameworkTax(Corpus corpus, Rounds rounds, Figures figures) {
    this.corpus = corpus;
    this.rounds = rounds;
    this.figures = figures;
  }

  void measure() {
    FunctionStubs stubs = new FunctionStubs(corpus.files());
    try (ConfigurableApplicationContext context = start(stubs)) {
      FunctionCatalog catalog = context.getBean(FunctionCatalog.class);
      Consumer<Message<?>> streamify = catalog.lookup(Consumer.class, "streamify");
      Consumer<Message<?>> enrich = catalog.lookup(Consumer.class, "enrich");
      figures.title("Framework tax: function + ledger + metrics + codec over the bare core loop");
      double bareStreamify = bare(() -> Core.streamify(corpus.files(), Codec.ZSTD));
      List<byte[]> raw = Core.streamify(corpus.files(), Codec.ZSTD);
      double streamified = bare(() -> stubs.nextRound(notices(), streamify));
      say("streamify", bareStreamify / streamified);
      List<Message<?>> batches = batches(raw);
      Enricher enricher = Core.enricher(stubs.context());
      double bareEnrich = bare(() -> Core.enrich(raw, enricher));
      double enriched = bare(() -> batches.forEach(enrich));
      say("enrich", bareEnrich / enriched);
      say("both", (bareStreamify + bareEnrich) / (streamified + enriched));
    }
  }

  private void say(String name, double rate) {
    figures.atLeast(name + ", deployed over bare rate", rate, GOAL, "");
  }

  private double bare(Runnable work) {
    return rounds.median(work).cpuSeconds();
  }

  private static ConfigurableApplicationContext start(FunctionStubs stubs) {
    return new SpringApplicationBuilder(FunctionStubs.Functions.class)
        .web(WebApplicationType.NONE)
        .initializers(stubs)
        .properties(
            "aqueduct.backup.bucket=bench",
            "spring.config.name=none",
            "aqueduct.streamify.bucket=bench",
            "aqueduct.enrich.threads=1")
        .logStartupInfo(false)
        .run();
  }

  private List<Message<?>> notices() {
    List<Message<?>> notices = new ArrayList<>();
    for (TrafficFile file : corpus.files()) {
      String notice = "{\"bucket\":\"bench\",\"key\":\"%s\"}".formatted(file.name());
      notices.add(message(notice.getBytes(StandardCharsets.UTF_8)));
    }
    return notices;
  }

  private static List<Message<?>> batches(List<byte[]> records) {
    List<Message<?>> batches = new ArrayList<>();
    for (int i = 0; i < records.size(); i += BATCH) {
      batches.add(message(List.copyOf(records.subList(i, Math.min(i + BATCH, records.size())))));
    }
    return batches;
  }

  private static Message<?> message(Object payload) {
    return MessageBuilder.withPayload(payload)
        .setHeader(MessageHeaders.CONTENT_TYPE, "application/octet-stream")
        .build();
  }
}
