// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

/** What is seen -> what is done. Pure: no clock, no chance, no call. */
public interface Policy {
  Decision decide(ClusterView view);
}
