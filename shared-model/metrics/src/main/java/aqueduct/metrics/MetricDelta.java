// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

/** What a window adds to one cell. */
public record MetricDelta(MetricKey key, Measures measures) {}
