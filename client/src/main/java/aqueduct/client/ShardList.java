// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** A stream -> all its shards, page by page. */
final class ShardList {
  private ShardList() {}

  static List<Shard> of(KinesisClient kinesis, String stream) {
    List<Shard> shards = new ArrayList<>();
    ListShardsRequest request = ListShardsRequest.builder().streamName(stream).build();
    while (true) {
      ListShardsResponse page = kinesis.listShards(request);
      shards.addAll(page.shards());
      if (page.nextToken() == null) return shards;
      request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
    }
  }
}
