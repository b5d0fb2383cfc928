// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import aqueduct.local.system.StoredSystem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The store of rejections, and what lies on {@code rejected-logs} and is not in it yet -> every
 * rejection once.
 */
public final class RejectedItems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RejectedItems() {}

  /**
   * What is wanted of them, by file, line and id.
   *
   * @param stream rejections still on the stream, as JSON lines
   */
  public static Collection<RejectedItem> read(
      StoredSystem stored, Iterable<String> stream, Predicate<RejectedItem> wanted)
      throws IOException {
    Map<String, RejectedItem> found = new TreeMap<>();
    stream.forEach(line -> add(line, wanted, found));
    S3Client s3 = stored.s3();
    String bucket = stored.topology().bucket("rejected");
    for (S3Object object :
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix("day=")).contents()) {
      read(s3, bucket, object.key(), wanted, found);
    }
    return new LinkedHashMap<>(found).values();
  }

  private static void read(
      S3Client s3,
      String bucket,
      String key,
      Predicate<RejectedItem> wanted,
      Map<String, RejectedItem> found)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                s3.getObject(r -> r.bucket(bucket).key(key)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line, wanted, found);
      }
    }
  }

  private static void add(
      String line, Predicate<RejectedItem> wanted, Map<String, RejectedItem> found) {
    try {
      RejectedItem item = new RejectedItem(JSON.readTree(line));
      if (wanted.test(item)) {
        String order = String.format("%s %10d %s", item.file(), item.line(), item.id());
        found.putIfAbsent(order, item);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of the store of rejections is no JSON", e);
    }
  }
}
