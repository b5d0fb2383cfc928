// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

/** How answers are written. */
enum Format {
  TABLE,
  JSON,
  NDJSON,
  CSV
}
