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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Rows 3, 4, 5, 7, 9 and 10 of the fault catalogue. */
class FileKeeperTest {
  private static final String KEY = "logs/E1.2026-11-23-10.ab12cd34.gz";
  private static LocalS3 s3;

  /** Ways to copy and to delete, of which each must keep all promises. */
  enum Way {
    WHOLE(DataSize.ofGigabytes(5), true),
    IN_PARTS(DataSize.ofBytes(0), true),
    GUARDED_DELETE(DataSize.ofGigabytes(5), false);

    final BackupProperties properties;

    Way(DataSize threshold, boolean conditionalDelete) {
      properties =
          new BackupProperties(
              Set.of(INGEST),
              BACKUP,
              List.of(""),
              NoticeReader.AWS,
              conditionalDelete,
              new BackupProperties.Multipart(
                  threshold, DataSize.ofMegabytes(5), Duration.ofHours(1)),
              Duration.ofMinutes(1));
    }
  }

  @BeforeAll
  static void start() {
    s3 = new LocalS3();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void empty() {
    s3.clear();
  }

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
  void two_workers_at_once_make_one_copy(Way way) throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "logs/round-" + round;
      String etag = s3.put(INGEST, key, "content");
      race(way, notice(key, etag, 7), notice(key, etag, 7));
      assertThat(s3.get(BACKUP, key)).contains("content");
      assertThat(s3.get(INGEST, key)).isEmpty();
    }
    assertThat(s3.contents(BACKUP)).hasSize(10);
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void two_workers_at_once_agree_on_the_name_beside(Way way) throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "logs/round-" + round;
      s3.put(BACKUP, key, "older");
      String etag = s3.put(INGEST, key, "newer");
      race(way, notice(key, etag, 5), notice(key, etag, 5));
    }
    assertThat(s3.contents(BACKUP)).hasSize(20).containsValues("older", "newer");
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  /** The name is free when the worker looks, and taken by another content when it copies. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void a_name_taken_between_look_and_copy_is_not_overwritten(Way way) {
    String etag = s3.put(INGEST, KEY, "mine");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              boolean copies =
                  operation.equals("CopyObject") || operation.equals("CompleteMultipartUpload");
              if (copies && once.compareAndSet(false, true)) {
                s3.put(BACKUP, KEY, "theirs");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, etag, 4)))
        .isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP))
        .isEqualTo(Map.of(KEY, "theirs", KeptName.beside(KEY, etag), "mine"));
    assertThat(s3.unfinishedUploads()).isZero();
  }

  /** Row 9. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void a_file_overwritten_between_copy_and_delete_is_kept_in_both_contents(Way way) {
    String first = s3.put(INGEST, KEY, "first");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              // The guarded delete looks a last time; what comes after that look is its known gap.
              boolean last = s3.get(BACKUP, KEY).isPresent() && operation.equals("HeadObject");
              if ((operation.equals("DeleteObject") && way.properties.conditionalDelete() || last)
                  && once.compareAndSet(false, true)) {
                s3.put(INGEST, KEY, "second");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, first, 5)))
        .isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP)).hasSize(2).containsValues("first", "second");
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_file_overwritten_between_look_and_copy_is_kept_as_it_is_then(Way way) {
    String first = s3.put(INGEST, KEY, "first");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              boolean copies = operation.equals("CopyObject") || operation.equals("UploadPartCopy");
              if (copies && once.compareAndSet(false, true)) {
                s3.put(INGEST, KEY, "second");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, first, 5)))
        .isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).containsExactly(Map.entry(KEY, "second"));
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @Test
  void a_file_that_never_stops_changing_is_left_to_a_later_attempt() {
    String etag = s3.put(INGEST, KEY, "0");
    Calls calls =
        Calls.before(
            operation -> {
              if (operation.equals("CopyObject")) {
                s3.put(INGEST, KEY, "changed " + System.nanoTime());
              }
            });
    assertThatThrownBy(
            () -> new FileKeeper(s3.client(calls), Way.WHOLE.properties).keep(notice(KEY, etag, 1)))
        .hasMessageContaining("changed 5 times");
    assertThat(s3.contents(INGEST)).hasSize(1);
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

  /** Row 7, with the threshold lowered. */
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
    BackupProperties soon =
        new BackupProperties(
            Set.of(INGEST),
            BACKUP,
            List.of(""),
            NoticeReader.AWS,
            true,
            new BackupProperties.Multipart(
                DataSize.ofBytes(0), DataSize.ofMegabytes(5), Duration.ofNanos(1)),
            Duration.ofMinutes(1));
    new FileKeeper(s3.client, soon).keep(notice(KEY, etag, 7));
    assertThat(s3.client.listMultipartUploads(request -> request.bucket(BACKUP)).uploads())
        .extracting(software.amazon.awssdk.services.s3.model.MultipartUpload::key)
        .containsExactlyInAnyOrder(KEY + "-other", "young");
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

  private void race(Way way, ObjectNotice one, ObjectNotice other) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Outcome>> both =
          List.of(
              () -> {
                together.await();
                return keeper(way).keep(one);
              },
              () -> {
                together.await();
                return keeper(way).keep(other);
              });
      for (Future<Outcome> outcome : workers.invokeAll(both)) {
        assertThat(outcome.get()).isIn(Outcome.KEPT, Outcome.KEPT_BESIDE, Outcome.ALREADY_KEPT);
      }
    } finally {
      workers.shutdown();
    }
  }

  private FileKeeper keeper(Way way) {
    return new FileKeeper(s3.client, way.properties);
  }

  private HeadObjectResponse head(String key) {
    return s3.client.headObject(request -> request.bucket(BACKUP).key(key));
  }

  static ObjectNotice notice(String key, String etag, long size) {
    return new ObjectNotice(
        INGEST,
        key,
        Optional.of(etag),
        OptionalLong.of(size),
        Optional.empty(),
        Optional.empty(),
        ObjectNotice.Kind.S3);
  }
}
