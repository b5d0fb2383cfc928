// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of correction-batch.
 *
 * @param task correct, export, erase or retain
 * @param days the days to correct; none: all that were touched
 * @param visitors erase: ids of visitors, as 16 hex digits or as the lake's signed number
 * @param prefixes erase: blocks of addresses
 * @param out export: the folder to write
 * @param format export: parquet, csv, json or arrow
 * @param lock lock the days, whatever the lateness window says
 * @param again compute even if nothing has changed
 * @param who for the audit
 * @param why for the audit
 * @param raw where the raw files are: s3://bucket or file:/folder
 * @param rejected where rejections are kept, which an erasure goes through: s3://bucket or
 *     file:/folder; empty: nowhere
 * @param ledger the file ledger's table; empty: there is none, and every file is read to find its
 *     days
 * @param grace how long a file may be on its way to the live path before its notice counts as lost
 * @param lateness how long after its end a day is open for late logs; then it is locked
 * @param alarm by what share of the live count a corrected one may differ before it is an error in
 *     the log: 0.001 is one in a thousand
 * @param warehouse where the lake is: s3://bucket/prefix or file:/folder
 * @param keepLake retain: how long after its end a day stays in the lake, or forever
 * @param catalog more properties for Iceberg's catalog, such as type: glue
 * @param partitions into how many parts a day's metrics are summed; 1 to 3 times the cores
 * @param dictionary how many user agents tomorrow's dictionary takes from the corrected days; 0:
 *     none is made
 * @param pages how many entry pages, and exit pages, of a site keep a row of their own; the rest
 *     share one, and then a late file costs a count of all visitors
 * @param master Spark's master; empty: what spark-submit says
 * @param jdbcUrl PostgreSQL with the metric store, the catalog and the job repository
 * @param user its user
 * @param password its password
 * @param reports a file in the form of reports.yml; empty: the default reports
 */
@Validated
@ConfigurationProperties("aqueduct.correction")
public record CorrectionProperties(
    @DefaultValue("correct") @NotBlank String task,
    @DefaultValue List<LocalDate> days,
    @DefaultValue List<String> visitors,
    @DefaultValue List<String> prefixes,
    @DefaultValue("") String out,
    @DefaultValue("parquet") String format,
    @DefaultValue("false") boolean lock,
    @DefaultValue("false") boolean again,
    @DefaultValue("correction") @NotBlank String who,
    @DefaultValue("scheduled") @NotBlank String why,
    @DefaultValue("s3://backup") @NotBlank String raw,
    @DefaultValue("s3://rejected") String rejected,
    @DefaultValue("file-ledger") String ledger,
    @DefaultValue("15m") Duration grace,
    @DefaultValue("3d") Duration lateness,
    @DefaultValue("0.001") @PositiveOrZero double alarm,
    @DefaultValue("s3://lake/warehouse") @NotBlank String warehouse,
    @DefaultValue("forever") @NotBlank String keepLake,
    @DefaultValue Map<String, String> catalog,
    @DefaultValue("4") @Min(1) @Max(10000) int partitions,
    @DefaultValue("20000") @Min(0) @Max(1000000) int dictionary,
    @DefaultValue("20000") @Min(1) @Max(1000000) int pages,
    @DefaultValue("local[*]") String master,
    @DefaultValue("jdbc:postgresql://127.0.0.1:5432/aqueduct") @NotBlank String jdbcUrl,
    @DefaultValue("aqueduct") String user,
    @DefaultValue("") String password,
    @DefaultValue("") String reports) {
  /** Without the password. */
  @Override
  public String toString() {
    return "aqueduct.correction of " + raw + " into " + warehouse;
  }
}
