// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A bucket.
 *
 * @param notifies the pipe that hears of its new objects; empty: none
 */
public record Bucket(String name, @DefaultValue("") String notifies) {}
