// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.stores.metrics.MetricStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What cannot be answered -> a problem (RFC 9457): a wrong parameter with its name, value and what
 * is allowed; a store that is away with when to ask again.
 */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler(BadQuestion.class)
  ResponseEntity<ProblemDetail> refuse(BadQuestion question) {
    boolean path = question.parameter().equals("report");
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            path ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST,
            String.valueOf(question.getMessage()));
    problem.setProperty("parameter", question.parameter());
    problem.setProperty("value", question.value());
    problem.setProperty("allowed", question.allowed());
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  @ExceptionHandler(MetricStoreException.class)
  ResponseEntity<ProblemDetail> away(MetricStoreException error) {
    log.warn("The metric store does not answer: {}", error.getMessage());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "5")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The metric store does not answer. Nothing is lost; ask again in 5 s."));
  }
}
