// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A list in YAML -> its entries. Size, depth and aliases are bounded; a name stands once. */
final class ListFile {
  private static final int LONGEST = 8 << 20;
  static final int MOST_ENTRIES = 200_000;

  private ListFile() {}

  /** Throws {@link CorruptDatasetException} if it is no map, or beyond the bounds. */
  static Map<?, ?> read(InputStream yaml) throws IOException {
    byte[] bytes = yaml.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new CorruptDatasetException("it has more than " + LONGEST + " bytes");
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(10);
    options.setMaxAliasesForCollections(10);
    options.setAllowDuplicateKeys(false);
    try {
      Object loaded =
          new Yaml(new SafeConstructor(options))
              .load(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
      if (loaded instanceof Map<?, ?> map) {
        return map;
      }
    } catch (YAMLException e) {
      throw new CorruptDatasetException("it is no list in YAML: " + e.getMessage());
    }
    throw new CorruptDatasetException("it is no list in YAML: it holds no names");
  }

  static String version(Map<?, ?> root) throws CorruptDatasetException {
    if (root.get("version") == null) {
      throw new CorruptDatasetException("its version is missing: begin it with 'version: ...'");
    }
    return String.valueOf(root.get("version"));
  }

  static Map<?, ?> map(Map<?, ?> in, String name) throws CorruptDatasetException {
    Object value = in.get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new CorruptDatasetException("its " + name + " is no map");
  }

  static List<?> list(Map<?, ?> in, String name) throws CorruptDatasetException {
    Object value = in.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new CorruptDatasetException("its " + name + " is no list");
  }
}
