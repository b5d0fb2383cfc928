// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import aqueduct.logs.notice.ObjectNotice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Rows 3, 4, 5 and 10 of the fault catalogue: a file and its keeper, alone. */
class FileKeeperTest extends OnLocalS3 {
  @ParameterizedTest
  @EnumSource(Way.class)
  void an_arrived_file_is_moved_with_its_headers_and_tells_which_content_it_was(Way way) {
    String etag = s3.put(INGEST, KEY, "content");
    assertThat(keeper(way).keep(notice(KEY, etag, 7))).isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).containsExactly(Map.entry(KEY, "content"));
    assertThat(s3.contents(INGEST)).isEmpty();
    HeadObjectResponse kept = head(KEY);
    assertThat(kept.contentType()).isEqualTo("application/x-gzip");
    assertThat(kept.contentEncoding()).isEqualTo("identity");
    assertThat(kept.metadata())
        .containsEntry("by", "cloudfront")
        .containsEntry(BackupBucket.SOURCE_ETAG, etag);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void an_empty_file_is_moved_too(Way way) {
    String etag = s3.put(INGEST, KEY, "");
    assertThat(keeper(way).keep(notice(KEY, etag, 0))).isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).containsExactly(Map.entry(KEY, ""));
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_same_notice_again_changes_nothing(Way way) {
    String etag = s3.put(INGEST, KEY, "content");
    ObjectNotice notice = notice(KEY, etag, 7);
    keeper(way).keep(notice);
    Calls calls = new Calls();
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice))
        .isEqualTo(Outcome.ALREADY_KEPT);
    assertThat(calls.begun).containsOnly("HeadObject");
    assertThat(keeper(way).keep(ObjectNotice.of(INGEST, KEY))).isEqualTo(Outcome.ALREADY_KEPT);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_file_that_is_nowhere_is_an_error_and_so_is_another_content_in_its_place(Way way) {
    assertThatThrownBy(() -> keeper(way).keep(notice(KEY, "0123456789abcdef", 7)))
        .isInstanceOf(BackupFailedException.class)
        .hasMessageContaining("neither in the ingest nor")
        .hasMessageContaining("E1.2026-11-23-10.ab12cd34.gz")
        .hasMessageNotContaining("logs/");
    s3.put(BACKUP, KEY, "another");
    assertThatThrownBy(() -> keeper(way).keep(notice(KEY, "0123456789abcdef", 7)))
        .isInstanceOf(BackupFailedException.class);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void the_same_key_with_another_content_is_kept_beside_and_nothing_is_overwritten(Way way) {
    String first = s3.put(INGEST, KEY, "first");
    keeper(way).keep(notice(KEY, first, 5));
    String second = s3.put(INGEST, KEY, "second");
    String beside = "logs/E1.2026-11-23-10.ab12cd34~" + second.substring(0, 8) + ".gz";
    assertThat(keeper(way).keep(notice(KEY, second, 6))).isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP)).isEqualTo(Map.of(KEY, "first", beside, "second"));
    assertThat(keeper(way).keep(notice(KEY, second, 6))).isEqualTo(Outcome.ALREADY_KEPT);
    assertThat(keeper(way).keep(notice(KEY, first, 5))).isEqualTo(Outcome.ALREADY_KEPT);
    s3.put(INGEST, KEY, "first");
    assertThat(keeper(way).keep(notice(KEY, first, 5))).isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).hasSize(2);
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  @Test
  void two_contents_that_take_both_names_stop_the_third_instead_of_losing_one() {
    String etag = s3.put(INGEST, KEY, "third");
    s3.put(BACKUP, KEY, "first");
    s3.put(BACKUP, KeptName.beside(KEY, etag), "second");
    assertThatThrownBy(() -> keeper(Way.WHOLE).keep(notice(KEY, etag, 5)))
        .hasMessageContaining("both taken");
    assertThat(s3.contents(INGEST)).containsValue("third");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_copy_that_differs_is_not_believed_and_the_file_stays(Way way) {
    String etag = s3.put(INGEST, KEY, "content");
    keeper(way).keep(notice(KEY, etag, 7));
    s3.put(INGEST, KEY, "content");
    Calls calls = new Calls();
    FileKeeper keeper =
        new FileKeeper(s3.client(calls, new ChecksumHeader("HeadObject")), way.properties);
    assertThatThrownBy(() -> keeper.keep(notice(KEY, etag, 7)))
        .hasMessageContaining("differs from it")
        .hasMessageContaining("stays in the ingest bucket");
    assertThat(s3.get(INGEST, KEY)).contains("content");
    assertThat(calls.begun).doesNotContain("DeleteObject");
  }

  /** Row 5. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a%2Bb",
        "a%252Bb",
        "好/😀.gz",
        "../x",
        "x/../../y",
        "./x",
        "/lead",
        "x//y",
        "trail/",
        "a?b&c=d#e",
        "a\\b:*|<>\"'",
        "x\ny\u0001",
        "\u2028\uffff",
        "..",
        ".",
        "%",
        "~"
      })
  void a_key_is_the_same_bytes_at_the_target_in_any_way_of_copying(String key) {
    // A server answers the begin of an upload in XML, which cannot name every key.
    boolean inXml = key.chars().allMatch(c -> c != 1 && c != 0xffff);
    for (Way way : inXml ? Way.values() : new Way[] {Way.WHOLE, Way.GUARDED_DELETE}) {
      String content = way.name();
      String etag = s3.put(INGEST, key, content);
      keeper(way).keep(notice(key, etag, content.length()));
      assertThat(s3.contents(INGEST)).isEmpty();
      assertThat(s3.contents(BACKUP)).containsValue(content);
    }
    assertThat(s3.contents(BACKUP)).hasSize(inXml ? 3 : 2).containsEntry(key, Way.WHOLE.name());
  }

  @Test
  void a_key_of_1024_bytes_is_kept_and_so_is_its_double_under_a_shortened_name() {
    String key = "好".repeat(340) + "x.gz";
    assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSize(1024);
    String first = s3.put(INGEST, key, "first");
    keeper(Way.WHOLE).keep(notice(key, first, 5));
    String second = s3.put(INGEST, key, "second");
    assertThat(keeper(Way.WHOLE).keep(notice(key, second, 6))).isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP)).hasSize(2).containsEntry(key, "first").containsValue("second");
  }

  @Test
  void of_an_eventbridge_key_the_decoded_candidate_is_taken_where_the_plain_one_is_not_there() {
    s3.put(INGEST, "a b", "content");
    String event =
        """
        {"detail-type":"Object Created","source":"aws.s3","detail":
         {"bucket":{"name":"ingest"},"object":{"key":"a+b","size":7}}}""";
    Notices notices = NoticeReader.read(event.getBytes(StandardCharsets.UTF_8));
    ObjectNotice notice = ((Notices.Objects) notices).objects().get(0);
    assertThat(keeper(Way.WHOLE).keep(notice)).isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).containsExactly(Map.entry("a b", "content"));
    assertThat(keeper(Way.WHOLE).keep(notice)).isEqualTo(Outcome.ALREADY_KEPT);
  }

  /** Row 10. */
  @Test
  void slow_down_is_waited_out_by_the_client() {
    String etag = s3.put(INGEST, KEY, "content");
    Calls calls =
        Calls.answering((operation, attempt) -> attempt <= 2 ? Optional.of(503) : Optional.empty());
    assertThat(new FileKeeper(s3.client(calls), Way.WHOLE.properties).keep(notice(KEY, etag, 7)))
        .isEqualTo(Outcome.KEPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HeadObject", "CopyObject", "DeleteObject"})
  void access_denied_at_any_step_is_an_error_and_costs_no_file(String denied) {
    String etag = s3.put(INGEST, KEY, "content");
    Calls calls =
        Calls.answering(
            (operation, attempt) -> operation.equals(denied) ? Optional.of(403) : Optional.empty());
    assertThatThrownBy(
            () -> new FileKeeper(s3.client(calls), Way.WHOLE.properties).keep(notice(KEY, etag, 7)))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.contents(INGEST).size() + s3.contents(BACKUP).size()).isGreaterThan(0);
  }
}
