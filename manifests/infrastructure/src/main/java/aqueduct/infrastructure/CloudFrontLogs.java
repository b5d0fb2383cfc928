// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import java.util.List;
import java.util.Map;

/**
 * Both generations of CloudFront's logging into the ingest bucket. The first (standard logging) is
 * set on the distribution itself and needs only the bucket's ACL; the second (standard logging v2)
 * is a delivery of its own, made here when a distribution is named.
 */
final class CloudFrontLogs {
  private final Template template;

  CloudFrontLogs(Template template) {
    this.template = template;
  }

  static Map<String, Object> mayDeliver() {
    return map(
        "Sid",
        "LogDelivery",
        "Effect",
        "Allow",
        "Principal",
        map("Service", "delivery.logs.amazonaws.com"),
        "Action",
        "s3:PutObject",
        "Resource",
        sub("${" + Storage.bucket("ingest") + ".Arn}/*"),
        "Condition",
        map("StringEquals", map("aws:SourceAccount", ref("AWS::AccountId"))));
  }

  void write() {
    template.parameter(
        "DistributionId",
        "Distribution whose logs of the second generation (standard logging v2) are delivered; empty for none. The first generation is switched on in the distribution: Logging.Bucket = the output IngestBucketDomain.",
        "Default",
        "");
    template.condition(
        "SecondGeneration",
        map("Fn::Not", List.of(map("Fn::Equals", List.of(ref("DistributionId"), "")))));
    Map<String, Object> when = map("Condition", "SecondGeneration");
    template.resource(
        "LogSource",
        "AWS::Logs::DeliverySource",
        map(
            "Name", sub("${Prefix}access-logs"),
            "LogType", "ACCESS_LOGS",
            "ResourceArn",
                sub(
                    "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${DistributionId}")),
        when);
    template.resource(
        "LogDestination",
        "AWS::Logs::DeliveryDestination",
        map(
            "Name", sub("${Prefix}ingest"),
            "DestinationResourceArn", arn(Storage.bucket("ingest")),
            "OutputFormat", "w3c"),
        when);
    template.resource(
        "LogDelivery",
        "AWS::Logs::Delivery",
        map(
            "DeliverySourceName", ref("LogSource"),
            "DeliveryDestinationArn", arn("LogDestination")),
        when);
    template.output(
        "IngestBucketDomain",
        "Logging.Bucket of a distribution, for the first generation of logs",
        map("Fn::GetAtt", List.of(Storage.bucket("ingest"), "DomainName")));
  }
}
