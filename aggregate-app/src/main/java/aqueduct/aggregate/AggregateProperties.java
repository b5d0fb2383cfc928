// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of aggregate-app.
 *
 * @param stream the stream of enriched chunks
 * @param rejectedPipe the stream that takes what cannot be counted
 * @param window length of a window of arrival time: 5 minutes in production, seconds on a laptop
 * @param settle how long after its end a window counts as closed, for records that are still on
 *     their way and clocks that differ
 * @param start where an empty metric store begins; absent: at the stream's oldest record
 * @param maxWindows most windows that one batch takes together when behind
 * @param partitions tasks that sum and stage; 1 to 3 times the cores
 * @param writerToken fencing token: a writer with a lower one than the metric store has seen cannot
 *     write
 * @param master Spark's master; empty: what spark-submit says
 * @param jdbcUrl the metric store in PostgreSQL
 * @param user its user
 * @param password its password
 * @param dynamodbTable keeps the metrics in this DynamoDB table instead (live metrics only: no
 *     corrected or locked days); empty: in PostgreSQL
 * @param reports a file in the form of reports.yml; empty: the default reports
 * @param parentPid a process with whose end this one ends too, for one that a laptop's command line
 *     started; 0: none
 * @param healthPort loopback port of the health page; 0: a free one, -1: none
 */
@Validated
@ConfigurationProperties("aqueduct.aggregate")
public record AggregateProperties(
    @DefaultValue("enriched-logs") @NotBlank String stream,
    @DefaultValue("rejected-logs") @NotBlank String rejectedPipe,
    @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration window,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 10) Duration settle,
    @Nullable Instant start,
    @DefaultValue("12") @Min(1) @Max(1000) int maxWindows,
    @DefaultValue("2") @Min(1) @Max(10000) int partitions,
    @DefaultValue("0") @PositiveOrZero long writerToken,
    @DefaultValue("local[*]") String master,
    @DefaultValue("jdbc:postgresql://127.0.0.1:5432/aqueduct") @NotBlank String jdbcUrl,
    @DefaultValue("aqueduct") String user,
    @DefaultValue("") String password,
    @DefaultValue("") String dynamodbTable,
    @DefaultValue("") String reports,
    @DefaultValue("0") @PositiveOrZero long parentPid,
    @DefaultValue("-1") @Min(-1) @Max(65535) int healthPort) {

  /** Without the password. */
  @Override
  public String toString() {
    return "aqueduct.aggregate of "
        + stream
        + " into "
        + (dynamodbTable.isEmpty() ? jdbcUrl.replaceAll("[?].*", "") : "table " + dynamodbTable);
  }
}
