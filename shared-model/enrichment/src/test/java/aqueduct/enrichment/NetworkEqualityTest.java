// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.model.AsnResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we say of networks against what geoip2 says, on 100,000 addresses of both versions. */
class NetworkEqualityTest {
  @TempDir Path folder;

  @Test
  void every_network_is_what_the_reader_of_its_maker_says() throws Exception {
    Path file = folder.resolve("asn.mmdb");
    BundledDatasets bundled = new BundledDatasets();
    try (InputStream in = bundled.open(bundled.versions("asn").get(0))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    Networks ours = Networks.of(MmdbFile.open(file), NetworkList.none(), BotList.none());
    Random random = new Random(20191119);
    int known = 0;
    try (DatabaseReader theirs = new DatabaseReader.Builder(file.toFile()).build()) {
      for (int i = 0; i < 100_000; i++) {
        InetAddress address = address(random, i % 3 == 0);
        Optional<AsnResponse> network = theirs.tryAsn(address);
        known += network.isPresent() ? 1 : 0;
        assertThat(found(ours, address.getHostAddress()))
            .as(address.getHostAddress())
            .isEqualTo(network.map(NetworkEqualityTest::expected).orElse("0 "));
      }
    }
    assertThat(known).isGreaterThan(40_000);
  }

  private static String expected(AsnResponse network) {
    String organisation = network.autonomousSystemOrganization();
    return network.autonomousSystemNumber() + " " + (organisation == null ? "" : organisation);
  }

  private static String found(Networks networks, String address) throws IOException {
    IpAddress ip = new IpAddress();
    byte[] text = address.getBytes(StandardCharsets.US_ASCII);
    ip.parse(text, 0, text.length);
    EnrichedLog fields = EnrichedLog.parseFrom(networks.find(ip, 0).fields());
    return fields.getAsNumber() + " " + fields.getAsOrganizationName();
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
}
