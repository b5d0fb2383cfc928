// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import static aqueduct.wire.RawLog.*;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The columns that have a field in RawLog: first the 33 of standard logs v1 in the order in which
 * lines without header have them, then those that a {@code #Fields} line, a JSON object or a
 * Parquet file may name besides. Source: Amazon CloudFront Developer Guide, "Standard logging
 * (legacy)" and "Standard logging (v2)", log file fields.
 */
enum Column {
  DATE("date", Kind.DATE, TIME_US_FIELD_NUMBER),
  TIME("time", Kind.TIME, TIME_US_FIELD_NUMBER),
  EDGE_LOCATION("x-edge-location", Kind.TEXT, CDN_EDGE_LOCATION_FIELD_NUMBER),
  SC_BYTES("sc-bytes", Kind.INT64, HTTP_RESPONSE_SIZE_FIELD_NUMBER),
  C_IP("c-ip", Kind.TEXT, CLIENT_IP_FIELD_NUMBER),
  METHOD("cs-method", Kind.TEXT, HTTP_REQUEST_METHOD_FIELD_NUMBER),
  CS_HOST("cs(Host)", Kind.TEXT, CDN_DOMAIN_FIELD_NUMBER),
  URI_STEM("cs-uri-stem", Kind.DECODED_ONCE, URL_PATH_FIELD_NUMBER),
  STATUS("sc-status", Kind.UINT32, HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER),
  REFERER("cs(Referer)", Kind.REQUEST_HEADER, REFERRER_FIELD_NUMBER),
  USER_AGENT("cs(User-Agent)", Kind.REQUEST_HEADER, USER_AGENT_ORIGINAL_FIELD_NUMBER),
  URI_QUERY("cs-uri-query", Kind.TEXT, QUERY_FIELD_NUMBER),
  COOKIE("cs(Cookie)", Kind.TEXT, COOKIE_FIELD_NUMBER),
  RESULT_TYPE("x-edge-result-type", Kind.TEXT, CDN_RESULT_TYPE_FIELD_NUMBER),
  REQUEST_ID("x-edge-request-id", Kind.REQUEST_ID, EVENT_ID_FIELD_NUMBER),
  HOST_HEADER("x-host-header", Kind.TEXT, URL_DOMAIN_FIELD_NUMBER),
  PROTOCOL("cs-protocol", Kind.TEXT, URL_SCHEME_FIELD_NUMBER),
  CS_BYTES("cs-bytes", Kind.INT64, HTTP_REQUEST_SIZE_FIELD_NUMBER),
  TIME_TAKEN("time-taken", Kind.SECONDS, TIME_TAKEN_MS_FIELD_NUMBER),
  FORWARDED_FOR("x-forwarded-for", Kind.DECODED_ONCE, X_FORWARDED_FOR_FIELD_NUMBER),
  SSL_PROTOCOL("ssl-protocol", Kind.TEXT, TLS_PROTOCOL_VERSION_FIELD_NUMBER),
  SSL_CIPHER("ssl-cipher", Kind.TEXT, TLS_CIPHER_FIELD_NUMBER),
  RESPONSE_RESULT_TYPE(
      "x-edge-response-result-type", Kind.TEXT, CDN_RESPONSE_RESULT_TYPE_FIELD_NUMBER),
  PROTOCOL_VERSION(
      "cs-protocol-version", Kind.PROTOCOL_VERSION, NETWORK_PROTOCOL_NAME_FIELD_NUMBER),
  FLE_STATUS("fle-status", Kind.TEXT, FLE_STATUS_FIELD_NUMBER),
  FLE_FIELDS("fle-encrypted-fields", Kind.TEXT, FLE_ENCRYPTED_FIELDS_FIELD_NUMBER),
  C_PORT("c-port", Kind.UINT32, CLIENT_PORT_FIELD_NUMBER),
  TIME_TO_FIRST_BYTE("time-to-first-byte", Kind.SECONDS, TIME_TO_FIRST_BYTE_MS_FIELD_NUMBER),
  DETAILED_RESULT_TYPE(
      "x-edge-detailed-result-type", Kind.TEXT, CDN_DETAILED_RESULT_TYPE_FIELD_NUMBER),
  CONTENT_TYPE("sc-content-type", Kind.DECODED_ONCE, HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER),
  CONTENT_LENGTH("sc-content-len", Kind.INT64, HTTP_RESPONSE_CONTENT_LENGTH_FIELD_NUMBER),
  RANGE_START("sc-range-start", Kind.INT64, RANGE_START_FIELD_NUMBER),
  RANGE_END("sc-range-end", Kind.INT64, RANGE_END_FIELD_NUMBER),

  ORIGIN_FBL("origin-fbl", Kind.SECONDS, ORIGIN_FBL_MS_FIELD_NUMBER),
  ORIGIN_LBL("origin-lbl", Kind.SECONDS, ORIGIN_LBL_MS_FIELD_NUMBER),
  ASN("asn", Kind.UINT32, EDGE_ASN_FIELD_NUMBER),
  COUNTRY("c-country", Kind.TEXT, EDGE_COUNTRY_FIELD_NUMBER),
  CACHE_BEHAVIOR("cache-behavior-path-pattern", Kind.TEXT, CDN_CACHE_BEHAVIOR_FIELD_NUMBER),
  TENANT("distribution-tenant-id", Kind.TEXT, SITE_TENANT_ID_FIELD_NUMBER),
  DISTRIBUTION("DistributionId", Kind.DISTRIBUTION, SITE_DISTRIBUTION_ID_FIELD_NUMBER),
  TIMESTAMP_MS("timestamp(ms)", Kind.EPOCH_MS, TIME_US_FIELD_NUMBER),
  TIMESTAMP("timestamp", Kind.EPOCH_SECONDS, TIME_US_FIELD_NUMBER),
  VIEWER_REQUEST_DATA("viewer-request-log-data", Kind.TEXT, CDN_FUNCTION_DATA_FIELD_NUMBER);

  /** How a column's text becomes a field. */
  enum Kind {
    /** {@code 2019-12-04}. */
    DATE,
    /** {@code 21:02:31}, UTC. */
    TIME,
    /** {@code 1684226820937}: milliseconds since the epoch. */
    EPOCH_MS,
    /** {@code 1684226820.937}: seconds since the epoch. */
    EPOCH_SECONDS,
    /** As logged. */
    TEXT,
    /** Percent-decoded once, in every era. */
    DECODED_ONCE,
    /** Percent-decoded once or twice, by the file's rule. */
    REQUEST_HEADER,
    /** Not negative, up to 18 digits. */
    INT64,
    /** Not negative, up to 2^32 - 1. */
    UINT32,
    /** Seconds with decimals, kept as whole milliseconds. */
    SECONDS,
    /** Kept unless the file's key says it. */
    DISTRIBUTION,
    /** Decoded once up to its question mark; what follows is the query. */
    PATH_AND_QUERY,
    /** As {@code PATH_AND_QUERY}, but the query has a column of its own. */
    PATH_BEFORE_QUERY,
    /** As logged, less the pair that may have been cut. */
    CUT_COOKIE,
    /** Not kept: it holds what other columns hold, and more than may travel. */
    IGNORED,
    /** Kept as a 64-bit hash. */
    REQUEST_ID,
    /** {@code HTTP/2.0}, kept as name and version. */
    PROTOCOL_VERSION,
    /** Kept in {@code extra} under the column's name. */
    EXTRA
  }

  /** How many columns v1 has, and lines without header can have. */
  static final int V1 = 33;

  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");
  private static final Map<String, Column> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toMap(column -> key(column.logName), Function.identity()));

  private final String logName;
  private final Kind kind;
  private final int field;

  Column(String logName, Kind kind, int field) {
    this.logName = logName;
    this.kind = kind;
    this.field = field;
  }

  /** The column of that name in a log, or null if RawLog has no field for it. */
  static @org.jspecify.annotations.Nullable Column named(String logName) {
    return BY_NAME.get(key(logName));
  }

  /** The first {@code width} columns of v1. */
  static List<Column> first(int width) {
    return Arrays.asList(values()).subList(0, width);
  }

  String logName() {
    return logName;
  }

  Kind kind() {
    return kind;
  }

  int field() {
    return field;
  }

  /** Log, JSON and Parquet spell one name: {@code cs(User-Agent)}, {@code cs_user_agent}. */
  static String key(String logName) {
    String key = SEPARATORS.matcher(logName.toLowerCase(Locale.ROOT)).replaceAll("_");
    return key.endsWith("_") ? key.substring(0, key.length() - 1) : key;
  }
}
