// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.StoredSystem;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.ReportSpec;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.stores.metrics.PostgresCorrectedDays;
import java.io.IOException;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** What a data directory stores -> what a correction needs of it. */
final class StoredDays implements AutoCloseable {
  private final StoredSystem system;

  private StoredDays(StoredSystem system) {
    this.system = system;
  }

  /** The metric store alone. */
  static StoredDays metrics(Path directory) throws IOException {
    return new StoredDays(StoredSystem.open(directory, Server.POSTGRES));
  }

  /** The files with their notices, the ledger and the metric store. */
  static StoredDays all(Path directory) throws IOException {
    StoredDays days =
        new StoredDays(
            StoredSystem.open(directory, Server.POSTGRES, Server.S3, Server.SQS, Server.DYNAMODB));
    days.system.ledger(); // makes its table where it is missing
    return days;
  }

  StoredSystem system() {
    return system;
  }

  Endpoints endpoints() {
    return system.endpoints();
  }

  CorrectedDays days() {
    system.metrics(); // makes the tables where they are missing
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(endpoints().jdbcUrl());
    return new PostgresCorrectedDays(source, ReportSpec.defaults());
  }

  @Override
  public void close() {
    system.close();
  }
}
