// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.logs.LogFile;
import aqueduct.logs.notice.ObjectNotice;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.GenericMessage;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Golden case 7: the notice of a file that another worker streams. */
class HeldFileTest {
  private static final LogFile FILE = new LogFile("backup", "a.gz", "etag", 9);

  /** Has the one file, of which nobody may read the content. */
  private static final class OneFile implements S3Client {
    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      return HeadObjectResponse.builder().eTag(FILE.etag()).contentLength(FILE.size()).build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  @Test
  void is_an_error_so_that_the_queue_brings_it_again_and_sends_nothing() {
    InMemoryFileLedger ledger = new InMemoryFileLedger();
    InMemoryRecordSink sink = new InMemoryRecordSink();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Clock clock = Clock.systemUTC();
    StreamifyFunction function =
        new StreamifyFunction(
            "backup",
            new KeptFiles(new OneFile()),
            new FileStream(Workers.named("second"), ledger, sink, meters, clock),
            meters);
    ledger.claim(FILE, "first", clock.instant(), Duration.ofSeconds(60));
    byte[] notice =
        ObjectNotice.of(FILE.bucket(), FILE.key()).toJson().getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> function.accept(new GenericMessage<>(notice)))
        .hasMessageContaining("a.gz is being streamified by first");
    assertThat(sink.records("raw-logs")).isEmpty();
  }
}
