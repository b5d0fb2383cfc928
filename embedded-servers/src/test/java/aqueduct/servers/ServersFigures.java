// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.sqs.QueueSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Not a test: start time, memory, and what S3 and SQS move with one synchronous client in the same
 * JVM. Run its main.
 */
final class ServersFigures {
  private ServersFigures() {}

  public static void main(String[] args) throws Exception {
    Path data = Files.createTempDirectory("servers-figures");
    ServersTopology topology =
        new ServersTopology(
            List.of(QueueSpec.plain("q")),
            List.of(),
            List.of(new BucketSpec("one", ""), new BucketSpec("two", "q")));
    for (String what : List.of("start on an empty directory", "start on a filled one")) {
      long started = System.nanoTime();
      EmbeddedServers servers =
          EmbeddedServers.start(
              data,
              ServersSettings.defaults().withKeepMessages(!Boolean.getBoolean("forget")),
              topology);
      System.out.printf(
          "%s: %.1f s, %.1f CPU seconds since the JVM's start, %s%n",
          what, (System.nanoTime() - started) / 1e9, cpu() / 1e9, memory());
      if (what.endsWith("filled one")) {
        try (S3Client s3 = SdkClients.s3(servers.endpoints().s3());
            SqsClient sqs = SdkClients.sqs(servers.endpoints().sqs())) {
          s3(s3);
          sqs(sqs);
        }
        System.out.println("after that: " + memory());
      }
      servers.close();
    }
  }

  private static void s3(S3Client s3) {
    byte[] large = new byte[8 << 20];
    new Random(1).nextBytes(large);
    for (int round = 0; round < 2; round++) {
      timed(
          "S3 put 40 x 8 MiB",
          40 * 8,
          "MiB/s",
          i -> s3.putObject(b -> b.bucket("one").key("large/" + i), RequestBody.fromBytes(large)),
          40);
      timed(
          "S3 copy 40 x 8 MiB",
          40 * 8,
          "MiB/s",
          i ->
              s3.copyObject(
                  b ->
                      b.sourceBucket("one")
                          .sourceKey("large/" + i)
                          .destinationBucket("one")
                          .destinationKey("copy/" + i)),
          40);
      timed(
          "S3 get 40 x 8 MiB",
          40 * 8,
          "MiB/s",
          i -> s3.getObjectAsBytes(b -> b.bucket("one").key("copy/" + i)),
          40);
      timed(
          "S3 put 1000 x 2 kB",
          1_000,
          "objects/s",
          i ->
              s3.putObject(
                  b -> b.bucket("one").key("small/" + i), RequestBody.fromBytes(new byte[2_000])),
          1_000);
      timed(
          "S3 put 500 x 2 kB, notified",
          500,
          "objects/s",
          i ->
              s3.putObject(
                  b -> b.bucket("two").key("small/" + i), RequestBody.fromBytes(new byte[2_000])),
          500);
    }
  }

  private static void sqs(SqsClient sqs) {
    String queue = sqs.getQueueUrl(b -> b.queueName("q")).queueUrl();
    String body = "x".repeat(900);
    timed(
        "SQS send 3000 in tens",
        3_000,
        "messages/s",
        i -> {
          List<SendMessageBatchRequestEntry> ten = new ArrayList<>();
          for (int k = 0; k < 10; k++)
            ten.add(SendMessageBatchRequestEntry.builder().id("" + k).messageBody(body).build());
          sqs.sendMessageBatch(b -> b.queueUrl(queue).entries(ten));
        },
        300);
    timed(
        "SQS receive and delete 3000",
        3_000,
        "messages/s",
        i -> {
          List<Message> ten =
              sqs.receiveMessage(b -> b.queueUrl(queue).maxNumberOfMessages(10)).messages();
          sqs.deleteMessageBatch(
              b ->
                  b.queueUrl(queue)
                      .entries(
                          ten.stream()
                              .map(
                                  m ->
                                      DeleteMessageBatchRequestEntry.builder()
                                          .id(m.messageId())
                                          .receiptHandle(m.receiptHandle())
                                          .build())
                              .toList()));
        },
        300);
  }

  private static void timed(
      String what, int amount, String unit, java.util.function.IntConsumer action, int times) {
    long started = System.nanoTime();
    long cpu = cpu();
    for (int i = 0; i < times; i++) action.accept(i);
    cpu = cpu() - cpu;
    System.out.printf(
        "%-30s %,8.0f %s, %,.0f per CPU second%n",
        what, amount / ((System.nanoTime() - started) / 1e9), unit, amount / (cpu / 1e9));
  }

  /**
   * Of client and servers together (ns); tells more than the clock where others use the machine
   * too.
   */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String memory() throws Exception {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    long postgres = 0;
    for (ProcessHandle child :
        ProcessHandle.allProcesses()
            .filter(p -> p.info().command().orElse("").endsWith("/postgres"))
            .toList()) {
      postgres += resident(child.pid());
    }
    return "heap "
        + heap
        + " MB, resident "
        + resident(ProcessHandle.current().pid())
        + " MB, all PostgreSQL processes of this machine "
        + postgres
        + " MB";
  }

  private static long resident(long pid) throws Exception {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
              .filter(l -> l.startsWith("Pss:"))
              .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
              .sum()
          >> 10;
    }
  }
}
