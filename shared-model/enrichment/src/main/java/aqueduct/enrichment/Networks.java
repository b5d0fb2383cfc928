// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses -> their autonomous system, its organisation, and whether it is a hosting one; from a
 * MaxMind DB of the ASN kind and our list. Where the database does not answer, the number that the
 * edge gave. Thread-safe.
 */
final class Networks {
  private static final int MOST_EDGE_NUMBERS = 100_000;
  private final NetworkList list;
  private final BotList bots;
  private final @Nullable AddressDatabase<NetworkFacts> database;
  private final Map<Long, NetworkFacts> fromEdge = new ConcurrentHashMap<>();

  private Networks(@Nullable MmdbFile file, NetworkList list, BotList bots) {
    this.list = list;
    this.bots = bots;
    this.database = file == null ? null : new AddressDatabase<>(file, this::make);
  }

  static Networks of(@Nullable MmdbFile file, NetworkList list, BotList bots) {
    return new Networks(file, list, bots);
  }

  /** What is known of the client's network. {@code edge} is 0 where the edge gave no number. */
  NetworkFacts find(IpAddress address, long edge) {
    NetworkFacts found = database == null || address.version() == 0 ? null : database.find(address);
    if (found != null && found.fields().length > 0) {
      return found;
    }
    return edge == 0 ? NetworkFacts.UNKNOWN : edge(edge);
  }

  private NetworkFacts edge(long number) {
    NetworkFacts known = fromEdge.get(number);
    if (known == null) {
      known = facts(number, null);
      if (fromEdge.size() < MOST_EDGE_NUMBERS) {
        fromEdge.put(number, known);
      }
    }
    return known;
  }

  private NetworkFacts make(Map<?, ?> record) {
    Object number = record.get("autonomous_system_number");
    Object organisation = record.get("autonomous_system_organization");
    return number instanceof Long value
        ? facts(value, organisation instanceof String text ? text : null)
        : NetworkFacts.UNKNOWN;
  }

  private NetworkFacts facts(long number, @Nullable String organisation) {
    boolean hosting = list.isHosting(number, organisation);
    FieldWriter out = new FieldWriter();
    out.number(EnrichedLog.AS_NUMBER_FIELD_NUMBER, number);
    if (organisation != null) {
      out.text(EnrichedLog.AS_ORGANIZATION_NAME_FIELD_NUMBER, organisation);
    }
    out.number(EnrichedLog.AS_HOSTING_FIELD_NUMBER, hosting ? 1 : 0);
    return new NetworkFacts(out.copy(), hosting, list.bot(number).map(bots::listed).orElse(null));
  }
}
