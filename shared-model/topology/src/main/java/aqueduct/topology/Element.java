// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where an element runs, and how much of it.
 *
 * @param runsOn lambda or ecs for a function, emr for Spark, inside another element's process
 *     ({@code with}), or nowhere
 * @param with the element whose process it shares; empty: its own
 * @param artifact the jar and image that hold it; empty: its own, such as enrich-fn
 * @param memory of one process
 * @param atMost how many of its processes may run at a time
 */
public record Element(
    @DefaultValue("lambda") RunsOn runsOn,
    @DefaultValue("") String with,
    @DefaultValue("") String artifact,
    @DefaultValue("1769MB") DataSize memory,
    @DefaultValue("20") int atMost) {

  /** A kind of deployment. */
  public enum RunsOn {
    LAMBDA,
    ECS,
    EMR
  }
}
