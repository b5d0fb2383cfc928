// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Buckets: encrypted, closed to the public, TLS only, with lifecycle rules and notifications. */
final class Storage {
  private static final Map<String, Integer> DAYS_KEPT =
      Map.of("ingest", 30, "rejected", 90, "backup", 400);
  private final Topology topology;
  private final Template template;

  Storage(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  static String bucket(String role) {
    return id(role) + "Bucket";
  }

  void write() {
    key();
    topology.buckets().forEach((role, bucket) -> bucket(role, bucket.notifies()));
  }

  private void key() {
    template.resource(
        "Key",
        "AWS::KMS::Key",
        map(
            "Description",
            "Everything that Aqueduct stores",
            "EnableKeyRotation",
            true,
            "KeyPolicy",
            map(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                    map(
                        "Sid", "Account",
                        "Effect", "Allow",
                        "Principal",
                            map("AWS", sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")),
                        "Action", "kms:*",
                        "Resource", "*"),
                    map(
                        "Sid",
                        "ServicesOfTheAccount",
                        "Effect",
                        "Allow",
                        "Principal",
                        map(
                            "Service",
                            List.of(
                                "s3.amazonaws.com",
                                "delivery.logs.amazonaws.com",
                                "cloudwatch.amazonaws.com",
                                "logs.amazonaws.com")),
                        "Action",
                        List.of(
                            "kms:GenerateDataKey*",
                            "kms:Decrypt",
                            "kms:Encrypt",
                            "kms:ReEncrypt*",
                            "kms:DescribeKey"),
                        "Resource",
                        "*",
                        "Condition",
                        map("StringEquals", map("aws:SourceAccount", ref("AWS::AccountId"))))))),
        map("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
  }

  private void bucket(String role, String notifies) {
    Map<String, Object> properties =
        map(
            "BucketName", sub("${Prefix}" + role),
            "BucketEncryption", encryption(role),
            "PublicAccessBlockConfiguration",
                map(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true),
            "OwnershipControls", map("Rules", List.of(map("ObjectOwnership", ownership(role)))),
            "VersioningConfiguration",
                map("Status", role.equals("ingest") ? "Suspended" : "Enabled"),
            "LifecycleConfiguration", map("Rules", lifecycle(role)));
    Map<String, Object> attributes =
        map("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain");
    if (!notifies.isEmpty()) {
      attributes.put("DependsOn", List.of(Queues.policy(notifies)));
      properties.put(
          "NotificationConfiguration",
          map(
              "QueueConfigurations",
              List.of(map("Event", "s3:ObjectCreated:*", "Queue", arn(Queues.queue(notifies))))));
    }
    template.resource(bucket(role), "AWS::S3::Bucket", properties, attributes);
    policy(role);
  }

  /** CloudFront's first generation delivers by ACL and cannot use our key; it gets S3's own. */
  private static Map<String, Object> encryption(String role) {
    Map<String, Object> rule =
        role.equals("ingest")
            ? map("SSEAlgorithm", "AES256")
            : map("SSEAlgorithm", "aws:kms", "KMSMasterKeyID", arn("Key"));
    Map<String, Object> configuration = map("ServerSideEncryptionByDefault", rule);
    if (!role.equals("ingest")) configuration.put("BucketKeyEnabled", true);
    return map("ServerSideEncryptionConfiguration", List.of(configuration));
  }

  private static String ownership(String role) {
    return role.equals("ingest") ? "BucketOwnerPreferred" : "BucketOwnerEnforced";
  }

  private static List<Object> lifecycle(String role) {
    List<Object> rules = new ArrayList<>();
    rules.add(
        map(
            "Id", "abandoned-uploads",
            "Status", "Enabled",
            "AbortIncompleteMultipartUpload", map("DaysAfterInitiation", 7)));
    if (DAYS_KEPT.containsKey(role)) {
      rules.add(
          map(
              "Id",
              "retention",
              "Status",
              "Enabled",
              "ExpirationInDays",
              DAYS_KEPT.get(role),
              "NoncurrentVersionExpiration",
              map("NoncurrentDays", 30)));
    }
    if (role.equals("backup")) {
      rules.add(
          map(
              "Id", "colder-storage",
              "Status", "Enabled",
              "Transitions", List.of(map("StorageClass", "GLACIER_IR", "TransitionInDays", 30))));
    }
    return rules;
  }

  private void policy(String role) {
    List<Object> statements = new ArrayList<>();
    statements.add(
        map(
            "Sid", "OnlyTls",
            "Effect", "Deny",
            "Principal", "*",
            "Action", "s3:*",
            "Resource", List.of(arn(bucket(role)), sub("${" + bucket(role) + ".Arn}/*")),
            "Condition", map("Bool", map("aws:SecureTransport", "false"))));
    if (role.equals("ingest")) statements.add(CloudFrontLogs.mayDeliver());
    template.resource(
        bucket(role) + "Policy",
        "AWS::S3::BucketPolicy",
        map(
            "Bucket", ref(bucket(role)),
            "PolicyDocument", map("Version", "2012-10-17", "Statement", statements)));
  }
}
