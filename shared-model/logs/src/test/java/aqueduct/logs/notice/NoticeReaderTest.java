// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import static aqueduct.logs.notice.Bodies.eventBridge;
import static aqueduct.logs.notice.Bodies.read;
import static aqueduct.logs.notice.Bodies.record;
import static aqueduct.logs.notice.Bodies.s3;
import static aqueduct.logs.notice.Bodies.sns;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.notice.ObjectNotice.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden case 6, and row 1 of the fault catalogue. */
class NoticeReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectCreated:Put",
        "ObjectCreated:Post",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectCreated:Put"
      })
  void every_way_to_create_an_object_is_news_with_all_its_facts(String event) {
    assertThat(objects(s3(record(event, "ingest", "logs/E1.gz"))))
        .containsExactly(
            new ObjectNotice(
                "ingest",
                "logs/E1.gz",
                Optional.of("0123456789abcdef0123456789abcdef"),
                OptionalLong.of(1234),
                Optional.of("v7"),
                Optional.of("0055AED6DCD90281E5"),
                Kind.S3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.17"})
  void any_version_of_major_2_is_read(String version) {
    assertThat(objects(s3(record(version, "ObjectCreated:Put", "ingest", "k")))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0", "1.0", "2", "20.1", ""})
  void another_major_version_is_unreadable(String version) {
    assertThat(unreadable(s3(record(version, "ObjectCreated:Put", "ingest", "k"))))
        .contains("eventVersion is '" + version + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "ObjectRestore:Completed",
        "LifecycleExpiration:Delete",
        "SomethingNew:Of:Tomorrow"
      })
  void other_events_ask_for_nothing(String event) {
    assertThat(read(s3(record(event, "ingest", "k")))).isEqualTo(new Notices.Ignored(event));
  }

  @Test
  void the_test_event_and_an_empty_list_ask_for_nothing() {
    assertThat(read(Bodies.testEvent())).isEqualTo(new Notices.Ignored("s3:TestEvent"));
    assertThat(read(sns(Bodies.testEvent()))).isEqualTo(new Notices.Ignored("s3:TestEvent"));
    assertThat(read("{\"Records\":[]}")).isEqualTo(new Notices.Ignored("no records"));
  }

  @Test
  void several_records_of_one_message_are_all_news_and_the_removal_among_them_is_counted() {
    Notices notices =
        read(
            s3(
                record("ObjectCreated:Put", "ingest", "one"),
                record("ObjectRemoved:Delete", "ingest", "two"),
                record("ObjectCreated:Copy", "other", "three")));
    assertThat(notices).isInstanceOf(Notices.Objects.class);
    Notices.Objects objects = (Notices.Objects) notices;
    assertThat(objects.objects()).extracting(ObjectNotice::key).containsExactly("one", "three");
    assertThat(objects.ignored()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a+b, \"a b\"",
        "a%2Bb, a+b",
        "a%20b, \"a b\"",
        "100%25, 100%",
        "%252B, %2B",
        "%E5%A5%BD/%F0%9F%98%80.gz, 好/😀.gz",
        "../x, ../x",
        "/x//y, /x//y",
        "d%3D1/x, d=1/x",
        "好, 好"
      })
  void keys_of_notifications_are_form_decoded_once(String written, String key) {
    assertThat(objects(s3(record("ObjectCreated:Put", "b", written))).get(0).keys())
        .containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%zz", "a%2", "%", "a%E5%A5", "%C0%AF", "%ED%A0%80", "\\ud800"})
  void a_key_that_is_not_quite_form_encoded_is_unreadable_not_guessed(String written) {
    assertThat(unreadable(s3(record("ObjectCreated:Put", "b", written)))).contains("key");
  }

  @Test
  void a_key_may_have_1024_bytes_and_no_more() {
    String longest = "%E5%A5%BD".repeat(341) + "x";
    assertThat(objects(s3(record("ObjectCreated:Put", "b", longest))).get(0).key()).hasSize(342);
    assertThat(unreadable(s3(record("ObjectCreated:Put", "b", longest + "y"))))
        .contains("1025 bytes");
  }

  @Test
  void an_sns_envelope_is_opened_around_a_notification_and_around_eventbridge() {
    String notification = s3(record("ObjectCreated:Put", "ingest", "a+b%2Bc"));
    assertThat(objects(sns(notification))).isEqualTo(objects(notification));
    String event = eventBridge("Object Created", "ingest", "k");
    assertThat(objects(sns(sns(event)))).isEqualTo(objects(event));
    assertThat(unreadable(sns(sns(sns(event))))).contains("wrapped");
  }

  @Test
  void eventbridge_offers_the_plain_key_first_and_the_decoded_one_second() {
    ObjectNotice notice = objects(eventBridge("Object Created", "ingest", "a+b%2Bc")).get(0);
    assertThat(notice.kind()).isEqualTo(Kind.EVENT_BRIDGE);
    assertThat(notice.keys()).containsExactly("a+b%2Bc", "a b+c");
    assertThat(notice.etag()).contains("b1946ac92492d2347c6235b4d2611184");
    assertThat(notice.versionId()).contains("v1");
    assertThat(objects(eventBridge("Object Created", "ingest", "plain")).get(0).keys())
        .containsExactly("plain");
    assertThat(objects(eventBridge("Object Created", "ingest", "100%")).get(0).keys())
        .containsExactly("100%");
    assertThat(read(eventBridge("Object Deleted", "ingest", "k")))
        .isEqualTo(new Notices.Ignored("Object Deleted"));
  }

  @Test
  void a_bare_notice_is_taken_literally_and_survives_the_way_through_a_queue() {
    assertThat(objects("{\"bucket\":\"b\",\"key\":\"a+b%2Bc\"}"))
        .containsExactly(ObjectNotice.of("b", "a+b%2Bc"));
    ObjectNotice full =
        new ObjectNotice(
            "b",
            "好 \"\\\u0000\u2028\uffff😀+%",
            Optional.of("e-3"),
            OptionalLong.of(Long.MAX_VALUE),
            Optional.of("v"),
            Optional.of("00FF"),
            Kind.BARE);
    assertThat(full.toJson()).matches("\\p{ASCII}+").doesNotContain("\n");
    assertThat(objects(full.toJson())).containsExactly(full);
  }

  @Test
  void the_doubt_about_an_eventbridge_key_travels_with_the_bare_notice() {
    ObjectNotice doubtful = objects(eventBridge("Object Created", "ingest", "a+b")).get(0);
    ObjectNotice arrived = objects(doubtful.toJson()).get(0);
    assertThat(arrived).isEqualTo(doubtful);
    assertThat(arrived.withKey("a b").keys()).containsExactly("a b");
  }

  @Test
  void unknown_facts_are_absent_and_never_empty_text_or_zero() {
    String record =
        """
        {"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
         "s3":{"bucket":{"name":"b"},"object":{"key":"k","versionId":"","eTag":"\\"\\"","size":-1}}}""";
    assertThat(objects(s3(record)).get(0))
        .isEqualTo(
            new ObjectNotice(
                "b",
                "k",
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Kind.S3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "{}",
        "{\"id\": 42, \"name\": \"Bob\"}",
        "not json",
        "{\"Records\":",
        "{\"Records\":{}}",
        "{\"Records\":null}",
        "{\"Records\":[1]}",
        "{\"Records\":[{}]}",
        "{\"bucket\":1,\"key\":\"k\"}",
        "{\"bucket\":\"b\",\"key\":null}",
        "{\"bucket\":\"\",\"key\":\"k\"}",
        "{\"bucket\":\"b\",\"key\":\"\"}",
        "{\"bucket\":\"b\",\"key\":\"k\"} {}",
        "{\"bucket\":\"b\",\"key\":\"k\",\"key\":\"l\"}",
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\"}",
        "{\"Message\":\"hello\"}",
        "{\"Event\":\"s3:OtherEvent\"}"
      })
  void what_is_none_of_the_shapes_is_unreadable_and_says_why(String body) {
    assertThat(unreadable(body)).isNotBlank();
  }

  @Test
  void too_large_and_too_deep_are_refused_before_they_cost_anything() {
    assertThat(unreadable("{\"bucket\":\"b\",\"key\":\"k\",\"x\":\"" + "y".repeat(262_144) + "\"}"))
        .contains("at most 262144");
    assertThat(unreadable("[".repeat(100_000))).contains("nested too deep");
    assertThat(unreadable("{\"a\":".repeat(40) + "1" + "}".repeat(40))).contains("nested too deep");
  }

  @Test
  void only_the_named_senders_are_believed() {
    String minio = s3(record("ObjectCreated:Put", "b", "k")).replace("aws:s3", "minio:s3");
    assertThat(unreadable(minio)).contains("eventSource is 'minio:s3'");
    assertThat(NoticeReader.read(minio.getBytes(StandardCharsets.UTF_8), Set.of("minio:s3")))
        .isInstanceOf(Notices.Objects.class);
    assertThat(unreadable(eventBridge("Object Created", "b", "k").replace("aws.s3", "my.app")))
        .contains("source is 'my.app'");
  }

  @Test
  void a_reason_never_quotes_what_could_break_a_log_line() {
    String evil =
        s3(record("ObjectCreated:Put", "b", "k")).replace("aws:s3", "a\\r\\nb\\u2028\\u001b[31m");
    assertThat(unreadable(evil)).matches("[\\x20-\\x7e]+");
    assertThat(unreadable("{\"secret-token\" oops"))
        .doesNotContain("secret")
        .doesNotContain("oops");
  }

  private static List<ObjectNotice> objects(String body) {
    Notices notices = read(body);
    assertThat(notices).isInstanceOf(Notices.Objects.class);
    return ((Notices.Objects) notices).objects();
  }

  private static String unreadable(String body) {
    Notices notices = read(body);
    assertThat(notices).isInstanceOf(Notices.Unreadable.class);
    return ((Notices.Unreadable) notices).reason();
  }
}
