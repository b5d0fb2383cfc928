// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * A day's correction as a job of Spring Batch, identified by day, version and inputs: what was
 * killed goes on at the step that was not finished.
 */
final class CorrectionJob {
  static final String NAME = "correction";
  private final JobRepository repository;
  private final JobOperator operator;

  CorrectionJob(JobRepository repository, JobOperator operator) {
    this.repository = repository;
    this.operator = operator;
  }

  /**
   * To be called by the holder of the correction's lock: an execution that still counts as running
   * is that of a process that died.
   */
  void recover() {
    Set<JobExecution> dead = repository.findRunningJobExecutions(NAME);
    dead.forEach(operator::recover);
  }

  /** Returns when the day is published. */
  void run(DayCorrection day) {
    Job job =
        new JobBuilder(NAME, repository)
            .start(step("snapshot-datasets", day::snapshotDatasets))
            .next(step("collect-days", day::collectDays))
            .next(step("rebuild-parquet", day::rebuildParquet))
            .next(step("recompute-metrics", day::recomputeMetrics))
            .next(step("compare", day::compare))
            .next(step("publish", day::publish))
            .build();
    try {
      JobExecution execution = operator.start(job, parameters(day.plan()));
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw failure(execution);
      }
    } catch (JobExecutionException e) {
      throw new IllegalStateException("the job of " + day.plan().day() + " did not start", e);
    }
  }

  private static JobParameters parameters(DayPlan plan) {
    return new JobParametersBuilder()
        .addLocalDate("day", plan.day())
        .addLong("generation", (long) plan.generation())
        .addString("attempt", plan.attempt())
        .toJobParameters();
  }

  private Step step(String name, Runnable work) {
    return new StepBuilder(name, repository)
        .tasklet(
            (contribution, context) -> {
              KillPoint.before(name);
              work.run();
              KillPoint.after(name);
              return RepeatStatus.FINISHED;
            })
        .build();
  }

  private static RuntimeException failure(JobExecution execution) {
    for (Throwable cause : execution.getAllFailureExceptions()) {
      return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
    return new IllegalStateException("the job ended as " + execution.getStatus());
  }
}
