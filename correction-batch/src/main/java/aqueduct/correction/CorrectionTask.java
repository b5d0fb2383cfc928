// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.Correction.Request;
import aqueduct.correction.Erasure.Erased;
import aqueduct.correction.raw.AddressPrefix;
import aqueduct.correction.raw.ErasedLines.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.springframework.boot.convert.DurationStyle;

/** The task that the settings name -> lines of JSON that say what came of it. */
final class CorrectionTask {
  private CorrectionTask() {}

  static void run(
      Supplier<JavaSparkContext> spark, Correction correction, CorrectionProperties properties)
      throws IOException {
    switch (properties.task()) {
      case "correct" -> correction.run(request(properties), CorrectionTask::tell);
      case "erase" -> erase(correction, properties);
      case "retain" -> correction.retain(keep(properties.keepLake()));
      case "export" -> Export.run(spark.get(), CorrectionApplication.lake(properties), properties);
      default ->
          throw new IllegalArgumentException(
              "aqueduct.correction.task is "
                  + properties.task()
                  + ": must be correct, erase, retain or export");
    }
  }

  private static Optional<Duration> keep(String rule) {
    return rule.equals("forever")
        ? Optional.empty()
        : Optional.of(DurationStyle.detectAndParse(rule));
  }

  private static Request request(CorrectionProperties properties) {
    return new Request(
        properties.days(),
        properties.lock(),
        properties.again(),
        properties.who(),
        properties.why());
  }

  private static void tell(Outcome outcome) {
    System.out.println(OutcomeJson.line(outcome));
  }

  private static void erase(Correction correction, CorrectionProperties properties)
      throws IOException {
    List<Long> visitors = properties.visitors().stream().map(CorrectionTask::visitor).toList();
    List<AddressPrefix> prefixes = properties.prefixes().stream().map(AddressPrefix::new).toList();
    Subject subject = new Subject(visitors, prefixes, properties.days());
    Erased erased = correction.erase(subject, request(properties), CorrectionTask::tell);
    System.out.println(
        String.format(
            Locale.ROOT,
            "{\"store\":\"raw\",\"files\":%d,\"lines\":%d,\"days\":%d}%n{\"store\":\"rejections\",\"files\":%d,\"lines\":%d}",
            erased.files(),
            erased.lines(),
            erased.days().size(),
            erased.rejections().objects(),
            erased.rejections().rejections()));
  }

  /** 16 hex digits, as our JSON shows an id; or the signed number of the lake. */
  static long visitor(String text) {
    if (text.matches("[0-9a-fA-F]{16}")) {
      return Long.parseUnsignedLong(text, 16);
    }
    if (text.matches("-?[0-9]{1,19}")) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException(
        "visitor is " + text + ": must be 16 hex digits, or the number in the lake's visitor_id");
  }
}
