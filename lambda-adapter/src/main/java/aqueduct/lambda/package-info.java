// SPDX-License-Identifier: Apache-2.0
/**
 * Turns an invocation of AWS Lambda into calls of an element's function, and into Lambda's answer.
 */
@NullMarked
package aqueduct.lambda;

import org.jspecify.annotations.NullMarked;
