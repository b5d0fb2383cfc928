// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query -> the parts of the campaign, the click id with its network, and those parameters that
 * may travel. Of several parameters for one part the first in the settings counts, of one that is
 * there twice the first. Of several click ids one that is bought counts before one that hangs on
 * every link, then the first by the names of their parameters.
 */
final class CampaignEnrichment implements Enrichment {
  private static final int LONGEST_VALUE = 512;
  private static final int CLICK_ID = QuerySettings.PARTS.size();
  private static final int[] FIELDS = {
    EnrichedLog.CAMPAIGN_MEDIUM_FIELD_NUMBER,
    EnrichedLog.CAMPAIGN_SOURCE_FIELD_NUMBER,
    EnrichedLog.CAMPAIGN_NAME_FIELD_NUMBER,
    EnrichedLog.CAMPAIGN_TERM_FIELD_NUMBER,
    EnrichedLog.CAMPAIGN_CONTENT_FIELD_NUMBER,
    EnrichedLog.CAMPAIGN_CLICK_ID_FIELD_NUMBER
  };

  /** What a parameter is for. */
  private static final class Parameter {
    final byte[] name;
    int part = -1;
    int rank;
    byte[] network = {};
    boolean paid;
    boolean allowed;

    Parameter(String name) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Map<ByteKey, Parameter> parameters = new HashMap<>();
  private final ByteKey key = new ByteKey();
  private final QueryText query = new QueryText();
  private final ByteSlice value = new ByteSlice();
  private final ByteSlice[] found = new ByteSlice[FIELDS.length];
  private final int[] rank = new int[FIELDS.length];
  private final PersonalData personal;
  private byte[] network = {};

  CampaignEnrichment(QuerySettings settings, PrivacySettings privacy) {
    personal = new PersonalData(privacy.masks());
    for (int part = 0; part < found.length; part++) {
      found[part] = new ByteSlice();
    }
    for (int part = 0; part < CLICK_ID; part++) {
      List<String> names =
          settings.campaign().getOrDefault(QuerySettings.PARTS.get(part), List.of());
      for (int i = 0; i < names.size(); i++) {
        Parameter parameter = parameter(names.get(i));
        parameter.part = part;
        parameter.rank = i;
      }
    }
    settings
        .clickIds()
        .forEach(
            (name, of) -> {
              Parameter parameter = parameter(name);
              parameter.part = CLICK_ID;
              parameter.network = of.getBytes(StandardCharsets.UTF_8);
              parameter.paid = PaidMedium.isClickId(name);
            });
    rankClickIds();
    settings.allowed().forEach(name -> parameter(name).allowed = true);
  }

  private void rankClickIds() {
    List<Parameter> inOrder =
        parameters.values().stream()
            .filter(parameter -> parameter.part == CLICK_ID)
            .sorted(
                Comparator.comparing((Parameter click) -> !click.paid)
                    .thenComparing(click -> click.name, Arrays::compare))
            .toList();
    for (int i = 0; i < inOrder.size(); i++) {
      inOrder.get(i).rank = i;
    }
  }

  private Parameter parameter(String name) {
    return parameters.computeIfAbsent(
        new ByteKey(name.getBytes(StandardCharsets.UTF_8)), any -> new Parameter(name));
  }

  @Override
  public String name() {
    return "campaign";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int field = RawLog.QUERY_FIELD_NUMBER;
    if (event.log.length(field) == 0 || parameters.isEmpty()) {
      return;
    }
    for (int part = 0; part < found.length; part++) {
      found[part].clear();
      rank[part] = Integer.MAX_VALUE;
    }
    query.logged(event.log.buffer(), event.log.from(field), event.log.to(field));
    while (query.next()) {
      Parameter parameter =
          parameters.get(key.set(query.buffer(), query.nameFrom(), query.nameTo()));
      if (parameter != null && query.hasValue()) {
        take(parameter, event, out);
      }
    }
    write(event, out);
  }

  private void take(Parameter parameter, RawEvent event, FieldWriter out) {
    value.clear();
    query.appendValue(value);
    value.cut(LONGEST_VALUE);
    int part = parameter.part;
    boolean masked = part != CLICK_ID && personal.mask(value.bytes(), 0, value.length());
    ByteSlice text = masked ? personal.masked() : value;
    event.paid |= parameter.paid;
    if (part >= 0 && parameter.rank < rank[part]) {
      rank[part] = parameter.rank;
      found[part].clear();
      found[part].append(text);
      if (part == CLICK_ID) {
        network = parameter.network;
      }
    }
    if (parameter.allowed) {
      out.entry(EnrichedLog.QUERY_PARAMS_FIELD_NUMBER, parameter.name, text);
      joined(event.query, masked ? text : null);
    }
  }

  private void joined(ByteSlice joined, @Nullable ByteSlice masked) {
    if (!joined.isEmpty()) {
      joined.append('&');
    }
    if (masked == null) {
      query.appendSent(joined);
    } else {
      joined.append(query.buffer(), query.nameFrom(), query.nameTo() + 1);
      joined.append(masked);
    }
  }

  private void write(RawEvent event, FieldWriter out) {
    for (int part = 0; part < found.length; part++) {
      if (!found[part].isEmpty()) {
        out.anyText(FIELDS[part], found[part]);
        if (part == CLICK_ID) {
          out.text(EnrichedLog.CAMPAIGN_NETWORK_FIELD_NUMBER, network);
        }
      }
    }
    event.campaignSource.append(found[1]);
    event.paid |= PaidMedium.is(found[0]);
  }
}
