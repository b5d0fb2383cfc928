// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.List;
import java.util.Map;

/** Streams, and the tables: what was streamed, and where the readers are. */
final class Streams {
  private final Topology topology;
  private final Template template;

  Streams(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  static String stream(String pipe) {
    return id(pipe) + "Stream";
  }

  static String table(String name) {
    return id(name) + "Table";
  }

  void write() {
    topology
        .pipes()
        .forEach(
            (name, pipe) -> {
              if (pipe.kind() == Pipe.Kind.KINESIS) stream(name, pipe);
            });
    table("file-ledger", "file_id", "expires_at");
  }

  /** The tables that readers in containers keep; Lambda keeps its own places. */
  void writeReadersTables() {
    table("checkpoints", "metadataKey", "");
    table("locks", "lockKey", "expireAt");
  }

  private void stream(String name, Pipe pipe) {
    template.resource(
        stream(name),
        "AWS::Kinesis::Stream",
        map(
            "Name", sub("${Prefix}" + name),
            "ShardCount", pipe.shards(),
            "RetentionPeriodHours", pipe.retention().toHours(),
            "StreamEncryption", map("EncryptionType", "KMS", "KeyId", arn("Key")),
            "StreamModeDetails", map("StreamMode", "PROVISIONED")));
  }

  private void table(String name, String key, String expires) {
    Map<String, Object> properties =
        map(
            "TableName", sub("${Prefix}" + name),
            "BillingMode", "PAY_PER_REQUEST",
            "AttributeDefinitions", List.of(map("AttributeName", key, "AttributeType", "S")),
            "KeySchema", List.of(map("AttributeName", key, "KeyType", "HASH")),
            "SSESpecification",
                map("SSEEnabled", true, "SSEType", "KMS", "KMSMasterKeyId", arn("Key")),
            "PointInTimeRecoverySpecification", map("PointInTimeRecoveryEnabled", true));
    if (!expires.isEmpty()) {
      properties.put("TimeToLiveSpecification", map("AttributeName", expires, "Enabled", true));
    }
    template.resource(
        table(name),
        "AWS::DynamoDB::Table",
        properties,
        map("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
  }
}
