// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

/**
 * A message for a queue. To send one twice changes no number.
 *
 * @param pipe the queue
 * @param things how many files or rejections it brings in
 */
public record Order(String pipe, String body, int things) {}
