// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

/** How an element is deployed. */
enum Form {
  /** The image: its binders consume. */
  CONTAINER,
  /** The same image where Lambda's runtime API is. */
  LAMBDA_IMAGE,
  /** AWS's runtime client calls our handler: a zip on a managed runtime. */
  LAMBDA_ZIP;

  boolean isLambda() {
    return this != CONTAINER;
  }
}
