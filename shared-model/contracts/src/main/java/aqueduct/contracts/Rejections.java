// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Unpacker;
import aqueduct.wire.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a sink took -> the rejections in it, for tests. */
public final class Rejections {
  private Rejections() {}

  public static List<Rejection> in(InMemoryRecordSink sink) {
    List<Rejection> rejections = new ArrayList<>();
    Unpacker unpacker = new Unpacker("Rejection");
    for (PackedRecord record : sink.records("rejected-logs")) {
      try {
        unpacker
            .unpack(record.data())
            .forEach(
                (buffer, from, to) ->
                    rejections.add(
                        (Rejection)
                            CanonicalJson.parse(
                                "Rejection", Arrays.copyOfRange(buffer, from, to))));
      } catch (CorruptRecordException e) {
        throw new AssertionError(e);
      }
    }
    return rejections;
  }
}
