// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.RequestId;
import aqueduct.logs.Streamed;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FAULTS row 19: a line that cannot be an event is rejected alone, and says why. */
class LineProblemsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "",
        "2019-13-04",
        "2019-02-29",
        "2019-00-01",
        "2019-01-32",
        "2019-12-4",
        "19-12-04",
        "9999-12-31",
        "1969-12-31",
        "2019/12/04",
        "2o19-12-04",
        "2019-12-04T",
        "2100-01-01"
      })
  void a_bad_date_is_rejected(String date) {
    assertThat(Lines.with("date", date).reasons()).containsExactly("bad_time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-", "", "24:00:00", "21:60:31", "21:02:60", "21:02", "21-02-31", "2a:02:31"})
  void a_bad_time_is_rejected(String time) {
    assertThat(Lines.with("time", time).reasons()).containsExactly("bad_time");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-02-29, 1583010151000000",
    "1970-01-01, 75751000000",
    "2099-12-31, 4102434151000000"
  })
  void legal_dates_are_read(String date, long us) {
    assertThat(Lines.event("date", date).getTimeUs()).isEqualTo(us);
  }

  @ParameterizedTest
  @CsvSource({
    "sc-bytes, -1",
    "sc-bytes, 1e3",
    "sc-bytes, 1234567890123456789",
    "sc-status, 20x",
    "sc-status, 4294967296",
    "cs-bytes, 1.5",
    "time-taken, 1.x",
    "time-taken, .5",
    "time-taken, 1.",
    "time-taken, -0.001",
    "time-taken, 0.0001x",
    "time-taken, 99999999999",
    "c-port, port",
    "sc-content-len, -",
    "sc-range-start, +1"
  })
  void a_column_that_is_no_number_is_named(String column, String value) {
    Streamed streamed = Lines.with(column, value);
    if (value.equals("-")) {
      assertThat(streamed.event().hasHttpResponseContentLength()).isFalse();
      return;
    }
    assertThat(streamed.reasons()).containsExactly("bad_number");
    assertThat(streamed.rejections.get(0).getMessage()).contains("column " + column + " is not");
  }

  @ParameterizedTest
  @CsvSource({
    "0.001,1",
    "1,1000",
    "2.5,2500",
    "0.25,250",
    "0.0009,0",
    "12.34567,12345",
    "4294967.295,-1"
  })
  void seconds_become_milliseconds(String seconds, int milliseconds) {
    assertThat(Lines.event("time-taken", seconds).getTimeTakenMs()).isEqualTo(milliseconds);
  }

  @Test
  void status_000_is_0_and_a_dash_is_absent() {
    assertThat(Lines.event("sc-status", "000").hasHttpResponseStatusCode()).isTrue();
    assertThat(Lines.event("sc-status", "000").getHttpResponseStatusCode()).isZero();
    assertThat(Lines.event("sc-status", "-").hasHttpResponseStatusCode()).isFalse();
  }

  @Test
  void dashes_everywhere_are_an_event_of_its_time() {
    String dashes = "2019-12-04\t21:02:31" + "\t-".repeat(31);

    RawLog event = Streamed.text(dashes).event();

    assertThat(event.getAllFields().keySet())
        .extracting(field -> field.getName())
        .containsExactlyInAnyOrder(
            "file_id",
            "line",
            "time_us",
            "time_resolution_us",
            "event_id",
            "site_distribution_id",
            "source_format",
            "encoding_passes");
    assertThat(event.getEventId()).isEqualTo(RequestId.hash(event.getFileId(), 1));
  }

  @Test
  void too_few_and_too_many_columns_are_rejected_and_the_rest_goes_on() {
    String header = Lines.header(Lines.values().keySet());
    Streamed streamed =
        Streamed.text(
            header,
            Lines.ofWidth(32),
            Lines.ofWidth(33),
            Lines.ofWidth(33) + "\tx",
            Lines.ofWidth(33) + "\t\t",
            "\t".repeat(500),
            Lines.ofWidth(33));

    assertThat(streamed.reasons())
        .containsExactly(
            "too_few_columns", "too_many_columns", "too_many_columns", "too_many_columns");
    assertThat(streamed.events).extracting(RawLog::getLine).containsExactly(3, 7);
  }

  @Test
  void a_rejection_names_file_and_line_and_shows_the_bytes() {
    String bad = Lines.ofWidth(33).replace("2019-12-04", "yesterday");

    Rejection rejection = Streamed.text(Lines.ofWidth(33), bad).rejections.get(0);

    assertThat(rejection.getStage()).isEqualTo("streamify");
    assertThat(rejection.getBucket()).isEqualTo("kept");
    assertThat(rejection.getKey()).isEqualTo("logs/E2SAMPLES00001.2019-12-04-21.d111111a.gz");
    assertThat(rejection.getFileId()).isNotZero();
    assertThat(rejection.getLine()).isEqualTo(2);
    assertThat(rejection.getLines()).isOne();
    assertThat(rejection.getData().toStringUtf8()).isEqualTo(bad);
    assertThat(rejection.getDataLength()).isEqualTo(bad.length());
    assertThat(rejection.getMessage()).doesNotContain("yesterday").doesNotContain("192.0.2.100");
  }

  @Test
  void ids_are_the_published_fnv_1a() {
    assertThat(RequestId.hash(new byte[0], 0, 0)).isEqualTo(0xcbf29ce484222325L);
    assertThat(RequestId.hash("foobar".getBytes(), 0, 6)).isEqualTo(0x85944171f73967e8L);
    assertThat(RequestId.hash(1, 2))
        .isEqualTo(RequestId.hash(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2}, 0, 12));
  }
}
