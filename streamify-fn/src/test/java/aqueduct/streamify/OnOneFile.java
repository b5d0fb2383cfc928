// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One kept file, a ledger, a stream that remembers, and workers that stream the file. */
abstract class OnOneFile {
  static final int LINES = 2500;

  static final byte[] CONTENT =
      ("#Version: 1.0\n"
              + "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem"
              + " sc-status cs(Referer) cs(User-Agent) cs-uri-query\n"
              + IntStream.range(0, LINES)
                  .mapToObj(
                      i ->
                          "2026-11-23\t10:00:0"
                              + i % 10
                              + "\tCPH50\t"
                              + i
                              + "\t192.0.2.1\tGET\td.cloudfront.net\t/"
                              + i
                              + "\t200\t-\tAgent\t-\n")
                  .collect(Collectors.joining())
              + "not a log line\n")
          .getBytes(UTF_8);

  static final LogFile FILE = new LogFile("backup", "E1.2026-11-23-10.abc", "etag", CONTENT.length);

  final InMemoryFileLedger ledger = new InMemoryFileLedger();
  final InMemoryRecordSink sink = new InMemoryRecordSink();
  final SettableClock clock = new SettableClock();

  static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-23T11:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void forward(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  FileStream stream(String worker) {
    return new FileStream(Workers.named(worker), ledger, sink, new SimpleMeterRegistry(), clock);
  }

  static KeptFile file() {
    return new KeptFile(FILE, () -> new ByteArrayInputStream(CONTENT));
  }

  List<String> chunks() {
    return sink.records("raw-logs").stream().map(PackedRecord::partitionKey).toList();
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
