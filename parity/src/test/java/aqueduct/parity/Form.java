// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

/** How an element is deployed. */
enum Form {
  /** {@code java -jar}, its binders consume. */
  CONTAINER,
  /** {@code java -jar} where Lambda's runtime API is: an image on Lambda. */
  LAMBDA_IMAGE,
  /** AWS's runtime client calls our handler: a zip on a managed runtime. */
  LAMBDA_ZIP;

  boolean isLambda() {
    return this != CONTAINER;
  }
}
