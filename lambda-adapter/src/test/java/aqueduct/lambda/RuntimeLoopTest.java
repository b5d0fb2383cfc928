// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.lambda.LambdaEvents.QueueMessage;
import aqueduct.lambda.LocalRuntimeApi.Kind;
import aqueduct.lambda.LocalRuntimeApi.Outcome;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** A whole process with AWS's client on the local runtime API. */
class RuntimeLoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  @TempDir Path directory;
  private Process process;

  /** A little element. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {
    public static void main(String[] args) {
      Launch.run(App.class, args);
    }

    @Bean
    Consumer<Message<byte[]>> element() {
      if (System.getenv("FAIL_START") != null) {
        throw new IllegalStateException("the bucket is not named");
      }
      return new Consumer<>() {
        @Override
        public void accept(Message<byte[]> message) {
          switch (new String(message.getPayload(), StandardCharsets.UTF_8)) {
            case "poison" -> throw new IllegalStateException("poison");
            case "memory" -> throw new OutOfMemoryError("no more");
            default -> {}
          }
        }
      };
    }
  }

  private void start(LocalRuntimeApi api, String... env) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dspring.cloud.function.definition=element",
            "-cp",
            System.getProperty("java.class.path"),
            App.class.getName());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    for (String name : env) builder.environment().put(name, "true");
    builder.redirectErrorStream(true).redirectOutput(new File(directory.toFile(), "log"));
    process = builder.start();
  }

  @AfterEach
  void end() throws Exception {
    process.destroyForcibly().waitFor();
  }

  private static byte[] message(String body) {
    return LambdaEvents.sqs(List.of(new QueueMessage("m", body, 1)));
  }

  @Test
  void events_are_answered_failures_reported_and_an_error_ends_the_process() throws Exception {
    try (LocalRuntimeApi api = LocalRuntimeApi.start()) {
      start(api);
      assertThat(api.isReadyWithin(LIMIT)).isTrue();

      assertThat(api.invoke(message("a"), LIMIT))
          .isEqualTo(new Outcome(Kind.ANSWERED, "{\"batchItemFailures\":[]}"));
      assertThat(LambdaEvents.failed(api.invoke(message("poison"), LIMIT).body()))
          .containsExactly("m");
      assertThat(api.invoke("{}".getBytes(StandardCharsets.UTF_8), LIMIT).kind())
          .isEqualTo(Kind.ANSWERED);
      Outcome broken = api.invoke("{".getBytes(StandardCharsets.UTF_8), LIMIT);
      assertThat(broken.kind()).isEqualTo(Kind.FAILED);
      assertThat(broken.body()).contains("not JSON");
      Outcome memory = api.invoke(message("memory"), LIMIT);
      assertThat(memory.kind()).isEqualTo(Kind.FAILED);
      assertThat(memory.body()).contains("OutOfMemoryError");
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  @Test
  void an_element_that_cannot_start_tells_lambda_why() throws Exception {
    try (LocalRuntimeApi api = LocalRuntimeApi.start()) {
      start(api, "FAIL_START");

      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(api.initError()).get().asString().contains("the bucket is not named");
    }
  }
}
