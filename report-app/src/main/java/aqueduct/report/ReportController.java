// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.ReportSpec;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The reports as JSON or CSV. */
@RestController
@RequestMapping("/api/reports")
class ReportController {
  private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
  private final Reports reports;

  ReportController(Reports reports) {
    this.reports = reports;
  }

  /** What can be asked: the reports with their dimensions, and the days that hold metrics. */
  @GetMapping
  Map<String, Object> list() {
    return Map.of(
        "reports",
        reports.all().stream().map(ReportController::outline).toList(),
        "days",
        reports.days());
  }

  private static Map<String, Object> outline(ReportSpec spec) {
    return Map.of("name", spec.name(), "dimensions", spec.dimensions());
  }

  @GetMapping("/{name}")
  ResponseEntity<?> report(
      @PathVariable String name,
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
      throws IOException {
    boolean csv = csv(parameters.getFirst("format"), accept);
    ReportTable table = reports.answer(name, Question.of(parameters));
    if (!csv) {
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(table.json());
    }
    StringBuilder text = new StringBuilder();
    CsvTable.write(table, text);
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + table.query().report() + ".csv\"")
        .body(text.toString());
  }

  private static boolean csv(@Nullable String format, @Nullable String accept) {
    if (format == null) {
      return accept != null && accept.startsWith("text/csv");
    }
    return switch (format) {
      case "csv" -> true;
      case "json" -> false;
      default -> throw new BadQuestion("format", format, "must be json or csv");
    };
  }
}
