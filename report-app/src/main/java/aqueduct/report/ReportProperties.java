// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of report-app.
 *
 * @param maxRows most rows that one answer may hold; a longer one is refused with what to do
 * @param dynamodbTable reads the metrics from this DynamoDB table; empty: from the database of
 *     {@code spring.datasource}
 * @param poll how often the metric store is asked for a newer window
 */
@Validated
@ConfigurationProperties("aqueduct.report")
public record ReportProperties(
    @DefaultValue("100000") @Min(1) @Max(10_000_000) int maxRows,
    @DefaultValue("") String dynamodbTable,
    @DefaultValue("1s") @DurationMin(millis = 100) @DurationMax(minutes = 5) Duration poll) {}
