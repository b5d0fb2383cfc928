// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one set of servers has for itself; the lock ends with the process, however it
 * ends.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DataDirectory claim(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve("servers.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      String owner = Files.readString(path.resolve("servers.pid")).strip();
      channel.close();
      throw new IOException(
          "The data directory "
              + path
              + " is in use by process "
              + owner
              + ": stop that one, or choose another directory.");
    }
    Files.write(path.resolve("servers.pid"), pid());
    return new DataDirectory(path, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static byte[] pid() {
    return Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
  }

  Path of(String server) {
    return path.resolve(server);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve("servers.pid"));
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("The lock of " + path + " cannot be released: " + e, e);
    }
  }
}
