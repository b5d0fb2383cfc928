// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import java.util.List;

/** What one message says: objects to work on, nothing to do, or nothing that can be understood. */
public sealed interface Notices {

  /**
   * Objects that were created, in the message's order.
   *
   * @param objects at least one
   * @param ignored further records of the same message that are of no interest (removals, restores)
   */
  record Objects(List<ObjectNotice> objects, int ignored) implements Notices {
    public Objects {
      objects = List.copyOf(objects);
    }
  }

  /**
   * A message that asks for nothing: acknowledge and count it.
   *
   * @param reason what it was: {@code s3:TestEvent}, {@code no records}, an event's name
   */
  record Ignored(String reason) implements Notices {}

  /**
   * A message that is none of the known shapes, or damaged: let the queue's redrive policy take it
   * to the dead letters, where a person can look at it.
   *
   * @param reason what is wrong with it; quotes nothing but names of fields, events and versions
   */
  record Unreadable(String reason) implements Notices {}
}
