// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Messages that others published, where the folder of samples is there. */
class NoticeSamplesTest {
  private static final Path EVENTS =
      Path.of(System.getProperty("aqueduct.samples", "none"), "events");

  @Test
  void a_published_notification_is_read_and_messages_of_other_services_are_refused()
      throws IOException {
    assumeThat(EVENTS).as("the folder of samples").exists();
    assertThat(read("s3_event.json")).isInstanceOf(Notices.Objects.class);
    ObjectNotice notice = ((Notices.Objects) read("s3_event.json")).objects().get(0);
    assertThat(notice.bucket()).isEqualTo("example-bucket");
    assertThat(notice.key()).isEqualTo("test/key");
    assertThat(notice.versionId()).isEmpty();
    assertThat(notice.size()).hasValue(1024);
    for (String other :
        new String[] {
          "kinesis_event.json",
          "sns_event.json",
          "sqs_event_product.json",
          "sqs_batch_response.json"
        }) {
      assertThat(read(other)).as(other).isInstanceOf(Notices.Unreadable.class);
    }
  }

  private static Notices read(String name) throws IOException {
    return NoticeReader.read(Files.readAllBytes(EVENTS.resolve(name)));
  }
}
