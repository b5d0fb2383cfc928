// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.ShardProgress;

class InMemoryShardProgressTest extends ShardProgressContract {
  @Override
  protected ShardProgress newProgress() {
    return new InMemoryShardProgress();
  }
}
