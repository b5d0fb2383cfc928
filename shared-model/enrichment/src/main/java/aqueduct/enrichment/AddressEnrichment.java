// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;

/**
 * The client's address -> the part of it that may be kept. Whatever needs the whole address stands
 * before this in the chain.
 */
final class AddressEnrichment implements Enrichment {
  private final int bitsV4;
  private final int bitsV6;
  private final byte[] policyV4;
  private final byte[] policyV6;
  private final CutAddress cut = new CutAddress();

  AddressEnrichment(PrivacySettings settings) {
    bitsV4 = settings.bitsV4();
    bitsV6 = settings.bitsV6();
    policyV4 = ("/" + bitsV4).getBytes(StandardCharsets.US_ASCII);
    policyV6 = ("/" + bitsV6).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String name() {
    return "address";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int version = event.client.version();
    if (version == 0) {
      return;
    }
    if (version == 4) {
      cut.v4(event.client.v4(), bitsV4);
    } else {
      cut.v6(event.client.groups(), bitsV6);
    }
    out.text(EnrichedLog.CLIENT_ADDRESS_FIELD_NUMBER, cut.bytes(), 0, cut.length());
    out.number(EnrichedLog.CLIENT_IP_VERSION_FIELD_NUMBER, version);
    out.text(EnrichedLog.CLIENT_ADDRESS_POLICY_FIELD_NUMBER, version == 4 ? policyV4 : policyV6);
  }
}
