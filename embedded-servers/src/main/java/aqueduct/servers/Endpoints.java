// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are, under the names that AWS's own SDKs and tools read from the environment.
 *
 * @param env names to values, in a fixed order
 */
public record Endpoints(Map<String, String> env) {
  public static final String S3 = "AWS_ENDPOINT_URL_S3";
  public static final String SQS = "AWS_ENDPOINT_URL_SQS";
  public static final String KINESIS = "AWS_ENDPOINT_URL_KINESIS";
  public static final String DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";
  public static final String REGION = "AWS_REGION";
  public static final String JDBC_URL = "AQUEDUCT_JDBC_URL";

  /** Anyone may do anything; the SDKs want to sign with something. */
  static Map<String, String> credentials(String region) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put(REGION, region);
    env.put("AWS_DEFAULT_REGION", region);
    env.put("AWS_ACCESS_KEY_ID", "local");
    env.put("AWS_SECRET_ACCESS_KEY", "local");
    env.put("AWS_EC2_METADATA_DISABLED", "true");
    return env;
  }

  /** An AWS that answers for every service at one address. */
  public static Endpoints at(URI address, String region) {
    Map<String, String> env = credentials(region);
    for (String service : List.of(S3, SQS, KINESIS, DYNAMODB)) {
      env.put(service, address.toString());
    }
    return new Endpoints(env);
  }

  /** These, and the others where these name nothing. */
  Endpoints and(Endpoints others) {
    Map<String, String> all = new LinkedHashMap<>(env);
    others.env().forEach(all::putIfAbsent);
    return new Endpoints(all);
  }

  public URI s3() {
    return URI.create(get(S3));
  }

  public URI sqs() {
    return URI.create(get(SQS));
  }

  public URI kinesis() {
    return URI.create(get(KINESIS));
  }

  public URI dynamoDb() {
    return URI.create(get(DYNAMODB));
  }

  public String jdbcUrl() {
    return get(JDBC_URL);
  }

  public String region() {
    return get(REGION);
  }

  private String get(String name) {
    @Nullable String value = env.get(name);
    if (value == null) throw new IllegalStateException(name + ": that server was not started");
    return value;
  }

  /**
   * One NAME=value per line: for "set -a; . aqueduct.env", env files of containers, and our own
   * commands.
   */
  public void writeEnvFile(Path file) throws IOException {
    List<String> lines = env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    Files.write(file, lines);
  }

  /** What writeEnvFile wrote. */
  public static Endpoints readEnvFile(Path file) throws IOException {
    return new Endpoints(
        Files.readAllLines(file).stream()
            .filter(l -> l.indexOf('=') > 0 && !l.startsWith("#"))
            .collect(
                Collectors.toMap(
                    l -> l.substring(0, l.indexOf('=')),
                    l -> l.substring(l.indexOf('=') + 1),
                    (a, b) -> b,
                    LinkedHashMap::new)));
  }
}
