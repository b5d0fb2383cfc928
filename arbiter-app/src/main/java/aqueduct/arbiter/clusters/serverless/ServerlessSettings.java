// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.serverless;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What job runs are made of.
 *
 * @param environment runs are named {@code aqueduct-<environment>-<launch id>}
 * @param application id of the application
 * @param role that the job has
 * @param entryPoint the job's jar
 * @param arguments of the job, without the writer token
 * @param parameters of spark-submit, as one text; the number of executors is added
 * @param attemptsPerHour how often the service itself starts a failed job anew, 1 to 10
 */
public record ServerlessSettings(
    @DefaultValue("production") String environment,
    String application,
    String role,
    String entryPoint,
    @DefaultValue List<String> arguments,
    @DefaultValue("--class aqueduct.aggregate.AggregateApplication") String parameters,
    @DefaultValue("5") int attemptsPerHour) {}
