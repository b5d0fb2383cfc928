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
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures, not a verdict: run by name, on a quiet machine. For each element and Lambda form: size
 * of the jar, wall and CPU seconds until the first event is asked for, and until it is answered.
 */
class ColdStartFigures {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  @TempDir Path directory;

  @Test
  void measure() throws Exception {
    System.out.println(
        "element     form          jar MB  ready wall s  ready cpu s  answered wall s  answered cpu s");
    for (String element : List.of("backup", "router", "streamify", "enrich", "fused")) {
      for (Form form : List.of(Form.LAMBDA_IMAGE, Form.LAMBDA_ZIP)) {
        measure(element, form);
      }
    }
  }

  private void measure(String element, Form form) throws Exception {
    Path own = Files.createDirectories(directory.resolve(element + form));
    try (World world = World.start(own.resolve("data"));
        LocalRuntimeApi api = LocalRuntimeApi.start()) {
      Map<String, String> env = new HashMap<>(world.environment());
      env.put("AWS_LAMBDA_RUNTIME_API", api.address());
      env.put("MAIN_CLASS", OnLambda.mainClass(element));
      boolean image = form == Form.LAMBDA_IMAGE;
      env.put("_HANDLER", image ? element : "aqueduct.lambda.LambdaHandler::handleRequest");
      Path log = own.resolve("log");
      if (!image) ElementProcess.zipForm(element, Map.of(), own, log).kill(); // extracts
      long start = System.nanoTime();
      try (ElementProcess process =
          image
              ? ElementProcess.jarForm(element, env, log)
              : ElementProcess.zipForm(element, env, own, log)) {
        if (!api.isReadyWithin(LIMIT)) throw new IllegalStateException(process.log());
        double readyWall = (System.nanoTime() - start) / 1e9;
        double readyCpu = process.cpu().toMillis() / 1e3;
        api.invoke(event(element, world), LIMIT);
        System.out.printf(
            Locale.ROOT,
            "%-11s %-13s %6.1f  %12.1f  %11.1f  %15.1f  %14.1f%n",
            element,
            form,
            Files.size(ElementProcess.jar(element)) / 1e6,
            readyWall,
            readyCpu,
            (System.nanoTime() - start) / 1e9,
            process.cpu().toMillis() / 1e3);
      }
    }
  }

  private static byte[] event(String element, World world) throws Exception {
    if (element.equals("enrich")) {
      PackedRecord chunk = LogFiles.chunks("a.gz", 1_000).get(0);
      return LambdaEvents.kinesis(
          "shardId-000000000000",
          List.of(new StreamRecord("4950", chunk.partitionKey(), chunk.data())));
    }
    String bucket = element.equals("backup") ? "ingest" : "backup";
    world.s3.putObject(
        r -> r.bucket(bucket).key("a.gz"),
        software.amazon.awssdk.core.sync.RequestBody.fromBytes(LogFiles.file(1_000)));
    String notice = "{\"bucket\":\"%s\",\"key\":\"a.gz\"}".formatted(bucket);
    return LambdaEvents.sqs(List.of(new QueueMessage("m", notice, 1)));
  }
}
