// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the lake is.
 *
 * @param warehouse a folder ({@code file:/...}) or a place in S3 ({@code s3://bucket/prefix})
 * @param catalog properties of Iceberg's catalog, such as {@code type} and {@code uri}; they add to
 *     and replace what follows from the others
 */
public record LakeSettings(
    String warehouse, String jdbcUrl, String user, String password, Map<String, String> catalog)
    implements Serializable {
  public LakeSettings {
    catalog = Map.copyOf(catalog);
  }

  /** Properties for Iceberg: a catalog in PostgreSQL, unless another is named. */
  public Map<String, String> properties() {
    Map<String, String> all = new HashMap<>();
    all.put("warehouse", warehouse);
    if (catalog.getOrDefault("type", "jdbc").equals("jdbc")) {
      all.put("type", "jdbc");
      all.put("uri", jdbcUrl);
      all.put("jdbc.user", user);
      all.put("jdbc.password", password);
      all.put("jdbc.schema-version", "V1");
    }
    if (warehouse.startsWith("s3:")) {
      all.put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
      all.put("http-client.type", "apache");
      all.put("s3.path-style-access", "true");
    }
    all.putAll(catalog);
    return all;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "lake at " + warehouse;
  }
}
