// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What standalone clusters are made of.
 *
 * @param data where each cluster has its folder
 * @param sparkJars the folder of Spark's jars
 * @param jobJar the job; its libraries stand among Spark's jars or in it
 * @param mainClass of the job
 * @param arguments of the job, without the writer token
 * @param environment of all processes, beside the arbiter's own
 * @param jvmOptions of masters and workers: what Spark asks of the JDK, which it gives the job by
 *     itself; options that begin with -XX: are also the job's
 * @param memory of master and worker themselves, of the driver, and of an executor, in MB
 */
public record StandaloneSettings(
    Path data,
    Path sparkJars,
    Path jobJar,
    String mainClass,
    @DefaultValue List<String> arguments,
    @DefaultValue Map<String, String> environment,
    @DefaultValue List<String> jvmOptions,
    Megabytes memory) {

  /** Heap sizes. */
  public record Megabytes(int service, int driver, int executor) {}
}
