// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.enrichment.VerifiedStream;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datasets that are fetched, as a user types it. */
class DatasetFetchTest extends OnDatasets {
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/bots.yml", 200, LIST);
    answer("/bots.yml.gz", 200, gzip(LIST));
    answer("/bomb.yml.gz", 200, gzip(new byte[20 << 20]));
    answer("/wrong.yml", 200, "bots: [".getBytes(StandardCharsets.UTF_8));
    answer("/gone.yml", 404, LIST);
    server.createContext(
        "/moved.yml",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://elsewhere.example/bots.yml");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/cut.yml",
        exchange -> {
          exchange.sendResponseHeaders(200, LIST.length + 10L);
          exchange.getResponseBody().write(LIST);
          exchange.close();
        });
    server.start();
  }

  private void answer(String path, int status, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) throws IOException {
    return VerifiedStream.sum(new ByteArrayInputStream(bytes)).sha256();
  }

  private Cli fetch(String file, String sha256, String... more) {
    String[] fixed = {
      "dataset",
      "fetch",
      "http://127.0.0.1:" + server.getAddress().getPort() + "/" + file,
      "--name",
      "bots",
      "--date",
      "2026-01-06",
      "--licence",
      "CC0-1.0",
      "--data",
      data(),
      "--sha256",
      sha256
    };
    return Cli.run(Cli.with(fixed, more));
  }

  private List<String> added() {
    return Cli.run("dataset", "ls", "--data", data(), "--format", "csv").lines().stream()
        .filter(line -> line.startsWith("bots,2026-01-06,"))
        .toList();
  }

  @Test
  void what_is_pinned_is_fetched_verified_and_added_once() throws IOException {
    assertThat(fetch("bots.yml", sha256(LIST)))
        .satisfies(cli -> assertThat(cli.status()).as(cli.err()).isZero());
    assertThat(added())
        .containsExactly(
            "bots,2026-01-06," + LIST.length + "," + sha256(LIST) + ",CC0-1.0,forever");
    assertThat(fetch("bots.yml", sha256(LIST)).err()).contains("is there already");
    assertThat(Cli.run("dataset", "verify", "--data", data()).status()).isZero();
  }

  @Test
  void a_packed_file_is_unpacked_and_pinned_as_it_was_sent() throws IOException {
    Cli cli = fetch("bots.yml.gz", sha256(gzip(LIST)));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(added()).singleElement().asString().contains(sha256(LIST));
  }

  @Test
  void nothing_is_added_that_is_not_what_was_pinned_or_cannot_be_used() throws IOException {
    String other = sha256(new byte[1]);
    assertRefused(fetch("bots.yml", other), 1, "SHA-256 is " + sha256(LIST));
    assertRefused(fetch("gone.yml", other), 1, "answers 404");
    assertRefused(
        fetch("moved.yml", other), 1, "302 and leads to http://elsewhere.example/bots.yml");
    assertRefused(fetch("cut.yml", other), 1, "");
    byte[] wrong = "bots: [".getBytes(StandardCharsets.UTF_8);
    assertRefused(fetch("wrong.yml", sha256(wrong)), 1, "cannot be used as bots");
    assertRefused(fetch("bots.yml", sha256(LIST), "--max-size", "10B"), 1, "more than 10 bytes");
    String bomb = sha256(gzip(new byte[20 << 20]));
    assertRefused(fetch("bomb.yml.gz", bomb), 1, "unpacked, has more than 8388608 bytes");
    assertRefused(fetch("", other), 2, "must end in a file name");
  }

  private void assertRefused(Cli cli, int status, String message) {
    assertThat(cli.status()).as(cli.err()).isEqualTo(status);
    assertThat(cli.err()).contains(message).doesNotContain("\tat ");
    assertThat(added()).isEmpty();
  }

  @Test
  void what_anyone_could_change_or_has_no_licence_is_not_fetched() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/bots.yml";
    String[] open = {"dataset", "fetch", url, "--name", "bots", "--data", data()};
    assertRefused(Cli.run(open), 2, "Under which licence");
    assertRefused(Cli.run(Cli.with(open, "--licence", "CC0-1.0")), 2, "pin it by --sha256");
    assertRefused(Cli.run("dataset", "fetch", url, "--data", data()), 2, "Which dataset is it?");
    assertRefused(Cli.run("dataset", "fetch", "weather", "--data", data()), 2, "public-suffixes");
    assertRefused(Cli.run("dataset", "fetch", "asn", "--data", data()), 2, "--accept-licence");
    assertRefused(
        Cli.run(
            "dataset",
            "fetch",
            "ftp://a.example/b",
            "--name",
            "bots",
            "--licence",
            "x",
            "--data",
            data()),
        2,
        "must begin with https://");
  }

  @Test
  void a_file_is_fetched_without_pin_and_says_how_to_pin_it() throws IOException {
    Path file = Files.write(directory.resolve("bots.yml"), LIST);
    Cli cli =
        Cli.run(
            "dataset",
            "fetch",
            file.toUri().toString().replace("file:/", "file:///"),
            "--name",
            "bots",
            "--date",
            "2026-01-06",
            "--licence",
            "CC0-1.0",
            "--data",
            data());
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("--sha256 " + sha256(LIST));
    assertThat(added()).hasSize(1);
  }
}
