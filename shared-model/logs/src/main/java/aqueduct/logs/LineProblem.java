// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * Why a line, or a whole file, cannot become events.
 *
 * @param reason snake_case, of a closed list: Rejection.reason
 * @param message one sentence that says what is wrong and what to do, without any of the line's
 *     data
 */
public record LineProblem(String reason, String message) {}
