// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.decision.Action.Launch;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.emr.model.Tag;

/** What a cluster carries so that any arbiter can tell which launch it is. */
final class ClusterTags {
  static final String ENVIRONMENT = "aqueduct:environment";
  static final String LAUNCH = "aqueduct:launch";
  static final String SPEC = "aqueduct:spec";
  static final String TOKEN = "aqueduct:token";

  private ClusterTags() {}

  static List<Tag> of(Launch launch, String environment) {
    return List.of(
        tag(ENVIRONMENT, environment),
        tag(LAUNCH, launch.launchId()),
        tag(SPEC, launch.spec().name()),
        tag(TOKEN, Long.toString(launch.token())));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static Map<String, String> map(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> a));
  }
}
