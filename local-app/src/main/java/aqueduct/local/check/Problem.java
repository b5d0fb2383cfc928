// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

/**
 * One thing that is wrong.
 *
 * @param place file and line, or empty where it is nowhere: something is missing
 * @param property its full name
 * @param value as it was given; empty if none was
 * @param wrong what is wrong with it, and what is allowed
 */
public record Problem(String place, String property, String value, String wrong) {

  /** In one line. */
  @Override
  public String toString() {
    return (place.isEmpty() ? "" : place + ": ")
        + property
        + (value.isEmpty() ? "" : " is " + value)
        + ": "
        + wrong;
  }
}
