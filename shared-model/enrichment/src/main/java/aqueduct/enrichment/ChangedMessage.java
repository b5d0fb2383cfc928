// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A scanned message and changes of some of its texts -> the changed message. Costs nothing where
 * nothing is changed. Reused.
 */
final class ChangedMessage {
  private static final int FIELDS = RawLog.EXTRA_FIELD_NUMBER + 1;
  private final ByteSlice[] texts = new ByteSlice[FIELDS];
  private final boolean[] isChanged = new boolean[FIELDS];
  private final BitSet left = new BitSet();
  private final FieldWriter added = new FieldWriter();
  private final FieldWriter message = new FieldWriter();
  private FieldScan log = new FieldScan();
  private boolean any;

  void start(FieldScan scanned) {
    log = scanned;
    if (any) {
      Arrays.fill(isChanged, false);
      left.clear();
      added.reset();
      any = false;
    }
  }

  int length(int field) {
    return isChanged[field] ? texts[field].length() : log.length(field);
  }

  byte[] buffer(int field) {
    return isChanged[field] ? texts[field].bytes() : log.buffer();
  }

  int from(int field) {
    return isChanged[field] ? 0 : log.from(field);
  }

  int to(int field) {
    return isChanged[field] ? texts[field].length() : log.to(field);
  }

  void set(int field, ByteSlice text) {
    ByteSlice kept = texts[field];
    if (kept == null) {
      kept = new ByteSlice();
      texts[field] = kept;
    }
    kept.clear();
    kept.append(text);
    isChanged[field] = true;
    any = true;
  }

  /** Leaves the message's {@code i}-th field out. */
  void drop(int i) {
    left.set(i);
    any = true;
  }

  /** Gives the entry, which is the message's {@code i}-th field, another value. */
  void replaceEntry(int i, ExtraEntry entry, ByteSlice value) {
    byte[] key = Arrays.copyOfRange(log.buffer(), entry.keyFrom(), entry.keyTo());
    added.entry(RawLog.EXTRA_FIELD_NUMBER, key, value);
    drop(i);
  }

  /** Makes the event that of the changed message. */
  void finish(RawEvent event) {
    if (!any) {
      return;
    }
    message.reset();
    for (int i = 0; i < log.fields(); i++) {
      int number = log.numberAt(i);
      if (number < FIELDS && isChanged[number]) {
        message.anyText(number, texts[number]);
      } else if (!left.get(i)) {
        message.fields(log.buffer(), log.startAt(i), log.endAt(i));
      }
    }
    message.fields(added.buffer(), 0, added.length());
    event.rescan(message.buffer(), 0, message.length());
  }
}
