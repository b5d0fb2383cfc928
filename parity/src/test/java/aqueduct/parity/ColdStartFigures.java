// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.lambda.LambdaEvents;
import aqueduct.lambda.LambdaEvents.QueueMessage;
import aqueduct.lambda.LambdaEvents.StreamRecord;
import aqueduct.lambda.LocalRuntimeApi;
import aqueduct.logs.PackedRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Figures, not a verdict: run by name ({@code -Dtest=ColdStartFigures}) on a quiet machine. Wall
 * and CPU seconds of a fresh process until it asks for its first event, and until that is answered.
 */
class ColdStartFigures {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ROUNDS = Integer.getInteger("aqueduct.rounds", 3);

  @Test
  void measure() throws Exception {
    System.out.println("| element | form | ready wall s | cpu s | answered wall s | cpu s |");
    System.out.println("|---|---|---|---|---|---|");
    for (String element :
        List.of("backup", "router", "streamify", "enrich", "fused", "quarantine")) {
      measure(element, Form.LAMBDA_IMAGE, true, false);
      measure(element, Form.LAMBDA_ZIP, true, false);
    }
    for (String element : List.of("enrich", "fused")) {
      measure(element, Form.LAMBDA_IMAGE, false, false);
    }
    for (String element : List.of("backup", "enrich")) {
      measure(element, Form.LAMBDA_IMAGE, true, true);
    }
  }

  /** The best of some rounds: what disturbs only slows. */
  private static void measure(String element, Form form, boolean dictionary, boolean archive)
      throws Exception {
    Path own = Runs.directory("cold-" + element + "-" + form);
    try (World world = World.start(own)) {
      Scenarios.visitorKeys(world);
      if (dictionary) Dictionary.put(world, own);
      Path classes = own.resolve("classes.jsa");
      if (archive) start(element, form, world, "-XX:ArchiveClassesAtExit=" + classes);
      double[] best = {1e9, 1e9, 1e9, 1e9};
      for (int round = 0; round < ROUNDS; round++) {
        double[] one =
            start(element, form, world, archive ? "-XX:SharedArchiveFile=" + classes : "");
        for (int i = 0; i < best.length; i++) best[i] = Math.min(best[i], one[i]);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s%s%s | %.1f | %.1f | %.1f | %.1f |%n",
          element,
          form == Form.LAMBDA_IMAGE ? "image" : "zip",
          dictionary ? "" : ", no dictionary",
          archive ? ", AppCDS (" + (Files.size(classes) >> 20) + " MB)" : "",
          best[0],
          best[1],
          best[2],
          best[3]);
    }
  }

  private static double[] start(String element, Form form, World world, String options)
      throws Exception {
    Path log = world.directory().resolve("log");
    byte[] event = event(element, world);
    try (LocalRuntimeApi api = LocalRuntimeApi.start()) {
      Map<String, String> env = new HashMap<>(world.environment());
      env.put("AWS_LAMBDA_RUNTIME_API", api.address());
      env.put("MAIN_CLASS", ElementProcess.mainClass(element));
      env.put("JAVA_TOOL_OPTIONS", options);
      boolean image = form == Form.LAMBDA_IMAGE;
      env.put("_HANDLER", image ? element : "aqueduct.lambda.LambdaHandler::handleRequest");
      ElementProcess.extracted(element);
      long start = System.nanoTime();
      try (ElementProcess process =
          image
              ? ElementProcess.ofImage(element, "", env, log)
              : ElementProcess.ofZip(element, "", env, log)) {
        if (!api.isReadyWithin(LIMIT)) throw new IllegalStateException(process.log());
        double readyWall = (System.nanoTime() - start) / 1e9;
        double readyCpu = process.cpu().toMillis() / 1e3;
        api.invoke(event, LIMIT);
        return new double[] {
          readyWall, readyCpu, (System.nanoTime() - start) / 1e9, process.cpu().toMillis() / 1e3
        };
      }
    }
  }

  private static byte[] event(String element, World world) throws Exception {
    PackedRecord chunk = LogFiles.chunks("a.gz", 1_000).get(0);
    if (element.equals("enrich") || element.equals("quarantine")) {
      return LambdaEvents.kinesis(
          "shardId-000000000000",
          List.of(new StreamRecord("4950", chunk.partitionKey(), chunk.data())));
    }
    String bucket = element.equals("backup") ? "ingest" : "backup";
    String key = "cold-" + System.nanoTime() + ".gz";
    Inputs.object(world, bucket, key, LogFiles.file(1_000));
    String notice = "{\"bucket\":\"%s\",\"key\":\"%s\"}".formatted(bucket, key);
    return LambdaEvents.sqs(List.of(new QueueMessage("m", notice, 1)));
  }
}
