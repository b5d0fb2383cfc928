// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Multipart uploads of one bucket: a directory each, a file per part, named by number and MD5. */
final class Uploads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Bucket bucket;

  Uploads(Bucket bucket) {
    this.bucket = bucket;
  }

  String begin(String key, Description description) throws IOException {
    String id = UUID.randomUUID().toString();
    Path directory = Files.createDirectory(bucket.uploads().resolve(id));
    JSON.writeValue(directory.resolve("upload.json").toFile(), new Upload(id, key, description));
    return id;
  }

  /** Throws NoSuchUpload if there is none. */
  Upload get(String id) throws IOException {
    Path about = directory(id).resolve("upload.json");
    if (!Files.exists(about)) throw noSuchUpload(id);
    return JSON.readValue(about.toFile(), Upload.class);
  }

  /** When the upload was begun; now, if it ends at this moment. */
  Instant begun(String id) throws IOException {
    try {
      return Files.getLastModifiedTime(directory(id).resolve("upload.json")).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.now();
    }
  }

  List<Upload> all() throws IOException {
    List<Upload> all = new ArrayList<>();
    for (Path directory : list(bucket.uploads())) {
      if (Files.exists(directory.resolve("upload.json")))
        all.add(get(directory.getFileName().toString()));
    }
    return all;
  }

  Part add(String id, int number, InputStream in, @Nullable Long expected, @Nullable String md5)
      throws IOException {
    get(id);
    Payload payload =
        Payload.receive(in, directory(id).resolve("arriving-" + UUID.randomUUID()), expected, md5);
    String name = String.format(Locale.ROOT, "%05d-%s", number, payload.digest());
    for (Part old : parts(id)) {
      if (old.number() == number && !old.file().getFileName().toString().equals(name))
        Files.delete(old.file());
    }
    Path file = directory(id).resolve(name);
    Files.move(
        payload.file(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Part(number, payload.digest(), payload.size(), file);
  }

  /** By number; none for an upload that is not there. */
  List<Part> parts(String id) throws IOException {
    Path directory = directory(id);
    if (!Files.isDirectory(directory)) return List.of();
    List<Part> parts = new ArrayList<>();
    for (Path file : list(directory)) {
      String name = file.getFileName().toString();
      if (!name.matches("\\d{5}-[0-9a-f]{32}")) continue;
      parts.add(
          new Part(
              Integer.parseInt(name.substring(0, 5)), name.substring(6), Files.size(file), file));
    }
    parts.sort(Comparator.comparingInt(Part::number));
    return parts;
  }

  /** The chosen parts, one after the other, as bytes of the object to be. */
  Payload join(String id, List<Integer> numbers) throws IOException {
    Upload upload = get(id);
    MessageDigest digests = Payload.md5();
    Path file = bucket.place(upload.key());
    long size = 0;
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Part part : parts(id)) {
        if (!numbers.contains(part.number())) continue;
        digests.update(HexFormat.of().parseHex(part.digest()));
        size += append(part, out);
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new Payload(
        file, size, HexFormat.of().formatHex(digests.digest()) + "-" + numbers.size());
  }

  private static long append(Part part, FileChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(part.file(), StandardOpenOption.READ)) {
      long copied = 0;
      while (copied < in.size()) copied += in.transferTo(copied, in.size() - copied, out);
      return copied;
    }
  }

  /** Ends an upload, complete or not. */
  void end(String id) throws IOException {
    get(id);
    // First the description: what is left of a killed process's end is no upload.
    Files.delete(directory(id).resolve("upload.json"));
    for (Path file : list(directory(id))) Files.delete(file);
    Files.delete(directory(id));
  }

  private Path directory(String id) {
    if (!id.matches("[0-9a-f-]{36}")) throw noSuchUpload(id);
    return bucket.uploads().resolve(id);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static RuntimeException noSuchUpload(String id) {
    return Refusals.of(
        404, "NoSuchUpload", "There is no upload " + id + ": it was completed or aborted.");
  }

  record Upload(String id, String key, Description description) {}

  record Part(int number, String digest, long size, Path file) {
    Instant modified() throws IOException {
      return Files.getLastModifiedTime(file).toInstant();
    }
  }
}
