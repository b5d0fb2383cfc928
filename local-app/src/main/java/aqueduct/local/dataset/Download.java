// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongConsumer;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An address (https, http, file or s3) -> a file on this disk. Nothing is believed but the digest:
 * http needs one; no redirect is followed, because it leads to where nobody said; size, as sent and
 * as unpacked, and time are bounded. A file whose name ends in .gz is unpacked.
 */
public final class Download {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private final Optional<String> sha256;
  private final long largest;
  private final Duration patience;
  private final LongConsumer progress;

  /**
   * @param sha256 what the bytes must be, as sent
   * @param largest most bytes, as sent and as unpacked
   * @param patience for all of it
   * @param progress told how many bytes have come
   */
  public Download(Optional<String> sha256, long largest, Duration patience, LongConsumer progress) {
    this.sha256 = sha256.map(hex -> hex.toLowerCase(Locale.ROOT));
    this.largest = largest;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * What came.
   *
   * @param file unpacked, where it was packed
   * @param sha256 of the bytes as sent
   */
  public record Fetched(Path file, String sha256) {}

  /** Fetches into the directory, under the address's own file name. */
  public Fetched fetch(URI from, Path directory) throws IOException {
    String name = name(from);
    Path sent = directory.resolve(name);
    String digest = copy(from, sent);
    if (sha256.isPresent() && !sha256.get().equals(digest)) {
      throw new IOException(
          from
              + " is not what was pinned: its SHA-256 is "
              + digest
              + ", and --sha256 says "
              + sha256.get()
              + ". Nothing was added");
    }
    return new Fetched(name.endsWith(".gz") ? unpacked(sent) : sent, digest);
  }

  private static String name(URI from) {
    String path = from.getPath() == null ? "" : from.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!name.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException(
          from + " must end in a file name of letters, digits, '.', '_' and '-'");
    }
    return name;
  }

  private String copy(URI from, Path to) throws IOException {
    Timer timer = new Timer("download", true);
    try (InputStream in = open(from);
        OutputStream out = Files.newOutputStream(to)) {
      timer.schedule(closing(in), patience.toMillis());
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        require(size, from.toString());
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        progress.accept(size);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    } finally {
      timer.cancel();
    }
  }

  /** A peer that stops sending ends in an exception and not never. */
  private static TimerTask closing(InputStream in) {
    return new TimerTask() {
      @Override
      public void run() {
        try {
          in.close();
        } catch (IOException alreadyBroken) {
          // the read fails then, which is what is wanted
        }
      }
    };
  }

  private void require(long size, String what) throws IOException {
    if (size > largest) {
      throw new IOException(
          what + " has more than " + largest + " bytes: raise --max-size if you trust it");
    }
  }

  private InputStream open(URI from) throws IOException {
    String scheme = String.valueOf(from.getScheme()).toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "file" -> {
        return Files.newInputStream(Path.of(from));
      }
      case "s3" -> {
        return S3Client.create()
            .getObject(get -> get.bucket(from.getHost()).key(from.getPath().substring(1)));
      }
      case "http" -> {
        if (sha256.isEmpty()) {
          throw new IllegalArgumentException(
              from + " can be changed by anyone on the way: use https, or pin it by --sha256");
        }
        return http(from);
      }
      case "https" -> {
        return http(from);
      }
      default ->
          throw new IllegalArgumentException(
              from + " must begin with https://, http://, file:// or s3://");
    }
  }

  private InputStream http(URI from) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(from).timeout(patience).build(), BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      response.body().close();
      throw new IOException(from + " answers " + refusal(response));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted; nothing was added");
    }
  }

  private static String refusal(HttpResponse<?> response) {
    return response.statusCode()
        + response
            .headers()
            .firstValue("location")
            .map(to -> " and leads to " + to + ": name that address if you trust it")
            .orElse("");
  }

  private Path unpacked(Path packed) throws IOException {
    String name = String.valueOf(packed.getFileName());
    Path unpacked = packed.resolveSibling(name.substring(0, name.length() - ".gz".length()));
    try (InputStream in =
            GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(Files.newInputStream(packed)))
                .setDecompressConcatenated(true)
                .get();
        OutputStream out = Files.newOutputStream(unpacked)) {
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        size += read;
        require(size, name + ", unpacked,");
        out.write(buffer, 0, read);
      }
    }
    return unpacked;
  }
}
