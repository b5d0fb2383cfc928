// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import aqueduct.arbiter.decision.Action.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One cluster's folder: what it shall be, in {@code cluster.properties}. */
final class ClusterFolder {
  private static final String FILE = "cluster.properties";
  private final Path path;

  private ClusterFolder(Path path) {
    this.path = path;
  }

  static List<ClusterFolder> all(Path data) {
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(data)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(FILE)))
          .sorted()
          .map(ClusterFolder::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ClusterFolder of(Path data, String id) {
    return new ClusterFolder(data.resolve(id));
  }

  Path path() {
    return path;
  }

  String id() {
    return path.getFileName().toString();
  }

  /** Runs while no other process changes the cluster. */
  <T> T alone(Supplier<T> work) {
    try {
      Files.createDirectories(path);
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock of " + path + " was lost");
        }
        return work.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean exists() {
    return Files.exists(path.resolve(FILE));
  }

  void create(Launch launch, Instant now) {
    Properties properties = new Properties();
    properties.setProperty("launch", launch.launchId());
    properties.setProperty("spec", launch.spec().name());
    properties.setProperty("token", Long.toString(launch.token()));
    properties.setProperty("units", Integer.toString(launch.units()));
    properties.setProperty("since", now.toString());
    int[] ports = freePorts(3);
    properties.setProperty("master", Integer.toString(ports[0]));
    properties.setProperty("rest", Integer.toString(ports[1]));
    properties.setProperty("web", Integer.toString(ports[2]));
    write(properties);
  }

  private static int[] freePorts(int many) {
    int[] ports = new int[many];
    ServerSocket[] sockets = new ServerSocket[many];
    try {
      for (int i = 0; i < many; i++) {
        sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ports[i] = sockets[i].getLocalPort();
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException(path.resolve(FILE) + " lacks " + name));
  }

  Optional<String> find(String name) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(path.resolve(FILE))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(properties.getProperty(name));
  }

  int number(String name) {
    return Integer.parseInt(get(name));
  }

  void set(String name, String value) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(path.resolve(FILE))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.setProperty(name, value);
    write(properties);
  }

  private void write(Properties properties) {
    Path next = path.resolve(FILE + ".new");
    try (var out = Files.newBufferedWriter(next)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Files.move(next, path.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
