// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aqueduct.wire.EnrichedLog;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.model.CityResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our walk and encoding against MaxMind's own reader. */
class AddressDatabaseTest {
  @TempDir static Path folder;
  private static Path file;
  private static AddressDatabase<byte[]> ours;

  @BeforeAll
  static void open() throws IOException {
    file = folder.resolve("city.mmdb");
    BundledDatasets bundled = new BundledDatasets();
    try (InputStream in = bundled.open(bundled.versions("geo-city").get(0))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    ours = AddressDatabase.open(file, CityFields::of);
  }

  private static EnrichedLog place(String address) throws Exception {
    IpAddress ip = new IpAddress();
    byte[] text = address.getBytes(StandardCharsets.US_ASCII);
    ip.parse(text, 0, text.length);
    byte[] fields = ours.find(ip);
    return fields == null ? EnrichedLog.getDefaultInstance() : EnrichedLog.parseFrom(fields);
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
                city.map(AddressDatabaseTest::expected).orElse(EnrichedLog.getDefaultInstance()));
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
    byte[] whole = Files.readAllBytes(file);
    for (byte[] bytes :
        new byte[][] {
          new byte[5000], {}, Arrays.copyOf(whole, 1_000_000), tail(whole, 1_000_000)
        }) {
      Files.write(wrong, bytes);
      assertThatThrownBy(() -> AddressDatabase.open(wrong, CityFields::of))
          .isInstanceOf(CorruptDatasetException.class);
    }
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static AddressDatabase<byte[]> with(byte... record) throws Exception {
    return new AddressDatabase<>(
        MmdbFile.of(ByteBuffer.wrap(TinyGeo.database(record))), CityFields::of);
  }

  private static IpAddress low() {
    IpAddress ip = new IpAddress();
    byte[] text = "1.2.3.4".getBytes(StandardCharsets.US_ASCII);
    ip.parse(text, 0, text.length);
    return ip;
  }

  @Test
  void a_record_made_by_hand_is_read() throws Exception {
    // {"continent": {"code": "EU"}}
    byte[] record =
        ("\u00e1\u0049continent\u00e1\u0044code\u0042EU").getBytes(StandardCharsets.ISO_8859_1);
    AddressDatabase<byte[]> database = with(record);
    database.verify();
    assertThat(EnrichedLog.parseFrom(database.find(low())).getGeoContinentCode()).isEqualTo("EU");
  }

  @Test
  void records_that_are_made_to_do_harm_are_refused_by_verification_and_by_lookup()
      throws Exception {
    byte[][] poisons = {
      {0x20, 0}, // a pointer to itself
      {(byte) 0xe1, 0x41, 'a', 0x20, 0}, // a map that holds itself
      {(byte) 0xe2, 0x41, 'a', 0x20, 0, 0x41, 'b', 0x20, 0}, // twice: 2^depth values
      {0x28, (byte) 0xff, (byte) 0xff}, // a pointer out of the file
      {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}, // a map of millions
      {0x5f, (byte) 0xff, (byte) 0xff, (byte) 0xff}, // a text of 16 MiB
      {0x1f, 0x04, (byte) 0xff, (byte) 0xff, (byte) 0xff}, // a list of millions
      {(byte) 0xaf}, // a number of 15 bytes
      {0x00, 0x05}, // a type that there is not
    };
    for (byte[] poison : poisons) {
      AddressDatabase<byte[]> database = with(poison);
      assertThatThrownBy(database::verify)
          .as(Arrays.toString(poison))
          .isInstanceOf(CorruptDatasetException.class);
      assertThatThrownBy(() -> database.find(low())).isInstanceOf(UncheckedIOException.class);
    }
  }

  /** The shared sample database, where it is there: v4 and v6, every network of its source. */
  @Test
  void every_address_of_the_sample_database_is_placed_as_its_maker_says() throws Exception {
    Path sample =
        Path.of(System.getProperty("aqueduct.samples", "none"), "geo/GeoLite2-City-Test.mmdb");
    assumeTrue(Files.exists(sample));
    AddressDatabase<byte[]> database = AddressDatabase.open(sample, CityFields::of);
    database.verify();
    int known = 0;
    int v6 = 0;
    try (DatabaseReader theirs = new DatabaseReader.Builder(sample.toFile()).build();
        com.maxmind.db.Reader raw = new com.maxmind.db.Reader(sample.toFile())) {
      for (Iterator<com.maxmind.db.DatabaseRecord<Map>> at = raw.networks(Map.class);
          at.hasNext(); ) {
        com.maxmind.db.Network network = at.next().network();
        for (InetAddress address : ends(network)) {
          IpAddress ip = new IpAddress();
          byte[] text = address.getHostAddress().getBytes(StandardCharsets.US_ASCII);
          ip.parse(text, 0, text.length);
          byte[] fields = database.find(ip);
          EnrichedLog place =
              fields == null ? EnrichedLog.getDefaultInstance() : EnrichedLog.parseFrom(fields);
          assertThat(place)
              .as(address.getHostAddress())
              .isEqualTo(
                  theirs
                      .tryCity(address)
                      .map(AddressDatabaseTest::expected)
                      .orElse(EnrichedLog.getDefaultInstance()));
          known++;
          v6 += address.getAddress().length == 16 ? 1 : 0;
        }
      }
    }
    assertThat(known).isGreaterThan(100);
    assertThat(v6).isGreaterThan(10);
  }

  /** First and last address of a network. */
  private static List<InetAddress> ends(com.maxmind.db.Network network) throws Exception {
    byte[] last = network.networkAddress().getAddress();
    for (int bit = network.prefixLength(); bit < 8 * last.length; bit++) {
      last[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return List.of(network.networkAddress(), InetAddress.getByAddress(last));
  }
}
