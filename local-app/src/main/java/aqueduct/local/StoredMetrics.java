// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.LocalSystem;
import aqueduct.metrics.MetricStore;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersTopology;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The metric store of a data directory: that of a running pipeline, or PostgreSQL alone. */
final class StoredMetrics implements AutoCloseable {
  private final @Nullable EmbeddedServers own;
  private final MetricStore store;

  private StoredMetrics(@Nullable EmbeddedServers own, MetricStore store) {
    this.own = own;
    this.store = store;
  }

  static StoredMetrics open(Path directory) throws IOException {
    if (new RunningFile(directory).process().isPresent()) {
      Endpoints endpoints = Endpoints.readEnvFile(directory.resolve("aqueduct.env"));
      return new StoredMetrics(null, LocalSystem.metrics(endpoints));
    }
    EmbeddedServers servers =
        EmbeddedServers.start(
            directory,
            ServersSettings.only(ServersSettings.Server.POSTGRES).withFsync(true),
            ServersTopology.empty());
    return new StoredMetrics(servers, LocalSystem.metrics(servers.endpoints()));
  }

  MetricStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    if (own != null) own.close();
  }
}
