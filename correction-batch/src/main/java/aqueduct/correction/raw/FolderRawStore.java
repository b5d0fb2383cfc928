// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.logs.LogFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A folder of log files; their ETags are the MD5 of their bytes, as S3's are. */
record FolderRawStore(Path folder) implements RawStore {
  @Override
  public Stream<Kept> list() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().map(this::kept).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kept kept(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      Instant modified = Files.getLastModifiedTime(path).toInstant();
      String key = folder.relativize(path).toString();
      return new Kept(
          new LogFile(folder.getFileName().toString(), key, md5(bytes), bytes.length), modified);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(LogFile file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file.key()));
    if (!md5(bytes).equals(file.etag())) {
      throw new IOException(folder.resolve(file.key()) + " has changed since it was listed");
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public LogFile named(LogFile old, byte[] content) {
    return new LogFile(old.bucket(), old.key(), md5(content), content.length);
  }

  @Override
  public void replace(LogFile old, byte[] content) throws IOException {
    Path path = folder.resolve(old.key());
    FileTime modified = Files.getLastModifiedTime(path);
    Files.write(path, content);
    Files.setLastModifiedTime(path, modified);
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
