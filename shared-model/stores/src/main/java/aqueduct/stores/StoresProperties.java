// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stores.
 *
 * @param pipePrefix put before the name of every stream, queue and table, so that several pipelines
 *     can live in one account
 * @param ledger the file ledger
 */
@ConfigurationProperties("aqueduct")
public record StoresProperties(@DefaultValue("") String pipePrefix, @DefaultValue Ledger ledger) {

  /**
   * Settings of the file ledger.
   *
   * @param table its table
   * @param retention how long a file is remembered; 15 days or more
   * @param create whether to create a table that is missing
   */
  public record Ledger(
      @DefaultValue("file-ledger") String table,
      @DefaultValue("400d") Duration retention,
      @DefaultValue("false") boolean create) {}
}
