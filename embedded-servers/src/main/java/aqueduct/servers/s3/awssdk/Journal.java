// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index of a bucket on disk: one line of JSON per change, so that a change is there as a whole
 * or not at all. A line that a killed process left unfinished is cut at the next start. Not
 * thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Reads what is there into the map; later changes go to the end. */
  static Journal open(Path file, Map<String, StoredObject> objects) throws IOException {
    int lines = 0;
    if (Files.exists(file)) {
      cut(file);
      lines = read(file, objects);
    }
    Journal journal =
        new Journal(
            file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    if (lines > 1_000 && lines > 2 * objects.size()) journal.rewrite(objects.values());
    return journal;
  }

  private static int read(Path file, Map<String, StoredObject> objects) throws IOException {
    int lines = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Change change = JSON.readValue(line, Change.class);
        lines++;
        if (change.put() != null) objects.put(change.put().key(), change.put());
        if (change.removed() != null) objects.remove(change.removed());
      }
    }
    return lines;
  }

  private static void cut(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      while (end > 0) {
        bytes.seek(end - 1);
        if (bytes.read() == '\n') break;
        end--;
      }
      bytes.setLength(end);
    }
  }

  void put(StoredObject object) throws IOException {
    write(new Change(object, null));
  }

  void removed(String key) throws IOException {
    write(new Change(null, key));
  }

  private void write(Change change) throws IOException {
    long end = channel.size();
    ByteBuffer line = ByteBuffer.wrap(line(change));
    try {
      while (line.hasRemaining()) channel.write(line);
    } catch (IOException e) {
      channel.truncate(end);
      throw e;
    }
  }

  private static byte[] line(Change change) throws IOException {
    return (JSON.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void rewrite(Collection<StoredObject> objects) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (var out = Files.newOutputStream(draft)) {
      for (StoredObject object : objects) out.write(line(new Change(object, null)));
    }
    channel.close();
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    channel = FileChannel.open(file, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Change(@Nullable StoredObject put, @Nullable String removed) {}
}
