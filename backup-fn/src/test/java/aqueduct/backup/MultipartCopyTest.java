// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Row 7 of the fault catalogue, with the threshold lowered: a file that is copied in parts. */
class MultipartCopyTest extends OnLocalS3 {
  @Test
  void a_large_file_is_copied_in_parts_which_add_up() {
    String content = "0123456789abcdef".repeat(11 * 65_536) + "end"; // 11 MiB and 3 bytes
    String etag = s3.put(INGEST, KEY, content);
    Calls calls = new Calls();
    FileKeeper keeper = new FileKeeper(s3.client(calls), Way.IN_PARTS.properties);
    assertThat(keeper.keep(notice(KEY, etag, content.length()))).isEqualTo(Outcome.KEPT);
    assertThat(calls.begun.stream().filter("UploadPartCopy"::equals)).hasSize(3);
    assertThat(s3.get(BACKUP, KEY)).contains(content);
    assertThat(Etags.unquoted(head(KEY).eTag())).endsWith("-3");
    assertThat(s3.contents(INGEST)).isEmpty();
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @Test
  void parts_grow_where_ten_thousand_would_not_do() {
    assertThat(MultipartCopy.partSize(10, 5)).isEqualTo(5);
    assertThat(MultipartCopy.partSize(50_000, 5)).isEqualTo(5);
    assertThat(MultipartCopy.partSize(50_001, 5)).isEqualTo(6);
    assertThat((50_001L + 5) / 6).isLessThanOrEqualTo(10_000);
  }

  @Test
  void an_upload_that_a_killed_worker_left_is_aborted_by_the_next_one_when_it_is_old_enough() {
    String etag = s3.put(INGEST, KEY, "content");
    s3.client.createMultipartUpload(request -> request.bucket(BACKUP).key(KEY));
    s3.client.createMultipartUpload(request -> request.bucket(BACKUP).key(KEY + "-other"));
    s3.put(INGEST, "young", "content");
    s3.client.createMultipartUpload(request -> request.bucket(BACKUP).key("young"));
    keeper(Way.IN_PARTS).keep(notice("young", etag, 7));
    assertThat(s3.unfinishedUploads()).as("all young").isEqualTo(3);
    BackupProperties soon = properties(DataSize.ofBytes(0), true, Duration.ofNanos(1));
    new FileKeeper(s3.client, soon).keep(notice(KEY, etag, 7));
    assertThat(s3.client.listMultipartUploads(request -> request.bucket(BACKUP)).uploads())
        .extracting(software.amazon.awssdk.services.s3.model.MultipartUpload::key)
        .containsExactlyInAnyOrder(KEY + "-other", "young");
  }
}
