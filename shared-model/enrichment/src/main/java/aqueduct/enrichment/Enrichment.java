// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * One addition to an event: reads what the log said and the datasets of its day, writes new fields.
 * A function of these alone: the same event gives the same bytes, on any machine, in any order.
 * What a later enrichment needs to know goes into the event's facts.
 */
interface Enrichment {

  /** Its name in the configuration of the chain. */
  String name();

  void enrich(RawEvent event, DayDatasets day, FieldWriter out);
}
