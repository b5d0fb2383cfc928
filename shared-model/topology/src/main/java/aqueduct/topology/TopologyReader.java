// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Files -> the topology that the elements see when they start with them: each file is laid over the
 * ones before it, and the environment over all, as Spring Boot does it.
 */
public final class TopologyReader {
  private TopologyReader() {}

  /**
   * Reads topology.yml and what is laid over it.
   *
   * @throws IllegalArgumentException if a value cannot be what it says
   */
  public static Topology read(Path topology, List<Path> over) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    for (int i = over.size() - 1; i >= 0; i--) add(environment, over.get(i));
    add(environment, topology);
    Path last = over.isEmpty() ? topology : over.get(over.size() - 1);
    return bind(name(last), environment);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
  }

  private static Topology bind(String name, StandardEnvironment environment) {
    Binder binder = Binder.get(environment);
    try {
      return new Topology(
          name,
          environment.getProperty("aqueduct.pipe-prefix", ""),
          map(binder, "aqueduct.buckets", Bucket.class),
          map(binder, "aqueduct.pipes", Pipe.class),
          map(binder, "aqueduct.elements", Element.class));
    } catch (BindException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(e.getMessage() + ": " + cause.getMessage(), e);
    }
  }

  private static <T> Map<String, T> map(Binder binder, String name, Class<T> type) {
    return binder.bind(name, Bindable.mapOf(String.class, type)).orElse(Map.of());
  }

  private static void add(StandardEnvironment environment, Path file) throws IOException {
    if (!Files.isRegularFile(file)) throw new NoSuchFileException(file.toString());
    MutablePropertySources sources = environment.getPropertySources();
    new YamlPropertySourceLoader()
        .load(file.toString(), new FileSystemResource(file))
        .forEach(sources::addLast);
  }
}
