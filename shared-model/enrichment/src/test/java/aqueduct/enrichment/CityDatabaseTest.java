// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.model.CityResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our walk and encoding against MaxMind's own reader. */
class CityDatabaseTest {
  @TempDir static Path folder;
  private static Path file;
  private static CityDatabase ours;

  @BeforeAll
  static void open() throws IOException {
    file = folder.resolve("city.mmdb");
    BundledDatasets bundled = new BundledDatasets();
    try (InputStream in = bundled.open(bundled.versions("geo-city").get(0))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    ours = CityDatabase.open(file);
  }

  private static EnrichedLog place(String address) throws Exception {
    IpAddress ip = new IpAddress();
    byte[] text = address.getBytes(StandardCharsets.US_ASCII);
    ip.parse(text, 0, text.length);
    return EnrichedLog.parseFrom(ours.fields(ip));
  }

  @Test
  void every_place_is_what_the_reader_of_its_maker_says() throws Exception {
    Random random = new Random(20191119);
    int known = 0;
    try (DatabaseReader theirs = new DatabaseReader.Builder(file.toFile()).build()) {
      for (int i = 0; i < 100_000; i++) {
        InetAddress address = address(random, i % 3 == 0);
        Optional<CityResponse> city = theirs.tryCity(address);
        EnrichedLog place = place(address.getHostAddress());
        known += city.isPresent() ? 1 : 0;
        assertThat(place)
            .as(address.getHostAddress())
            .isEqualTo(
                city.map(CityDatabaseTest::expected).orElse(EnrichedLog.getDefaultInstance()));
      }
    }
    assertThat(known).isGreaterThan(50_000);
  }

  private static InetAddress address(Random random, boolean v6) throws IOException {
    byte[] bytes = new byte[v6 ? 16 : 4];
    random.nextBytes(bytes);
    if (v6) {
      bytes[0] = 0x2a;
      bytes[1] = (byte) random.nextInt(16);
    }
    return InetAddress.getByAddress(bytes);
  }

  private static EnrichedLog expected(CityResponse city) {
    EnrichedLog.Builder place = EnrichedLog.newBuilder();
    Optional.ofNullable(city.continent().code()).ifPresent(place::setGeoContinentCode);
    String country = city.country().isoCode();
    Optional.ofNullable(country).ifPresent(place::setGeoCountryIsoCode);
    if (country != null && !city.subdivisions().isEmpty()) {
      Optional.ofNullable(city.subdivisions().get(0).isoCode())
          .ifPresent(region -> place.setGeoRegionIsoCode(country + "-" + region));
    }
    Optional.ofNullable(city.city().names().get("en")).ifPresent(place::setGeoLocalityName);
    Optional.ofNullable(city.location().latitude()).ifPresent(place::setGeoLocationLat);
    Optional.ofNullable(city.location().longitude()).ifPresent(place::setGeoLocationLon);
    Optional.ofNullable(city.postal().code()).ifPresent(place::setGeoPostalCode);
    Optional.ofNullable(city.location().timeZone()).ifPresent(place::setGeoTimezone);
    if (place.build().getSerializedSize() > 0) {
      place.setGeoSource("dataset");
    }
    return place.build();
  }

  @Test
  void an_ipv4_address_inside_ipv6_is_the_ipv4_address() throws Exception {
    assertThat(place("::ffff:81.2.69.142"))
        .isEqualTo(place("81.2.69.142"))
        .isNotEqualTo(EnrichedLog.getDefaultInstance());
    assertThat(place("0:0:0:0:0:ffff:5102:458e")).isEqualTo(place("81.2.69.142"));
  }

  @Test
  void a_private_address_is_nowhere() throws Exception {
    assertThat(place("192.168.1.1")).isEqualTo(EnrichedLog.getDefaultInstance());
  }

  @Test
  void what_is_no_database_is_refused() throws Exception {
    Path wrong = folder.resolve("wrong.mmdb");
    Files.write(wrong, new byte[5000]);
    assertThatThrownBy(() -> CityDatabase.open(wrong)).isInstanceOf(CorruptDatasetException.class);
    byte[] half = Arrays.copyOf(Files.readAllBytes(file), 1_000_000);
    Files.write(wrong, half);
    assertThatThrownBy(() -> CityDatabase.open(wrong)).isInstanceOf(CorruptDatasetException.class);
  }
}
