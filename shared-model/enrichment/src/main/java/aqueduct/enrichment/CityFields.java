// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record of a MaxMind DB of the City or Country kind -> encoded geo fields. */
final class CityFields {
  private CityFields() {}

  static byte[] of(Map<?, ?> place) {
    FieldWriter out = new FieldWriter();
    Object country = text(place, "country", "iso_code");
    put(out, EnrichedLog.GEO_CONTINENT_CODE_FIELD_NUMBER, text(place, "continent", "code"));
    put(out, EnrichedLog.GEO_COUNTRY_ISO_CODE_FIELD_NUMBER, country);
    if (country != null
        && place.get("subdivisions") instanceof List<?> regions
        && !regions.isEmpty()) {
      Object region = regions.get(0) instanceof Map<?, ?> first ? first.get("iso_code") : null;
      put(
          out,
          EnrichedLog.GEO_REGION_ISO_CODE_FIELD_NUMBER,
          region == null ? null : country + "-" + region);
    }
    put(out, EnrichedLog.GEO_LOCALITY_NAME_FIELD_NUMBER, text(place, "city", "names", "en"));
    real(out, EnrichedLog.GEO_LOCATION_LAT_FIELD_NUMBER, text(place, "location", "latitude"));
    real(out, EnrichedLog.GEO_LOCATION_LON_FIELD_NUMBER, text(place, "location", "longitude"));
    put(out, EnrichedLog.GEO_POSTAL_CODE_FIELD_NUMBER, text(place, "postal", "code"));
    put(out, EnrichedLog.GEO_TIMEZONE_FIELD_NUMBER, text(place, "location", "time_zone"));
    if (out.length() > 0) {
      out.text(EnrichedLog.GEO_SOURCE_FIELD_NUMBER, "dataset");
    }
    return out.copy();
  }

  private static @Nullable Object text(Map<?, ?> place, String... path) {
    Object at = place;
    for (String name : path) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  private static void put(FieldWriter out, int field, @Nullable Object text) {
    if (text != null) {
      out.text(field, text.toString());
    }
  }

  private static void real(FieldWriter out, int field, @Nullable Object number) {
    if (number instanceof Double value) {
      out.real(field, value);
    }
  }
}
