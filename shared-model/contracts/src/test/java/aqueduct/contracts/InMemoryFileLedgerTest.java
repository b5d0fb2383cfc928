// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.FileLedger;

class InMemoryFileLedgerTest extends FileLedgerContract {
  @Override
  protected FileLedger newLedger() {
    return new InMemoryFileLedger();
  }
}
