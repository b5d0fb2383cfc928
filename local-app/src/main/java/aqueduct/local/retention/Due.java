// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.retention;

import java.util.List;

/**
 * What a store holds, and what of it is kept no longer.
 *
 * @param rule how long it keeps things
 * @param held objects, or entries
 * @param bytes their size; 0 where nobody knows
 * @param keys what is due
 * @param dueBytes its size
 * @param kept objects that are old enough and stay, since a day of theirs is not locked
 */
public record Due(
    String store,
    String rule,
    long held,
    long bytes,
    List<String> keys,
    long dueBytes,
    long kept) {}
