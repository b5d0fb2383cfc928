// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.Unpacker;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes rejections and unpacks them again; can be out of order. */
final class RecordedSink implements RecordSink {
  private final List<Rejection> rejections = Collections.synchronizedList(new ArrayList<>());
  volatile boolean broken;

  List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  @Override
  public Transfer open(String pipe) {
    if (!pipe.equals("rejected-logs")) {
      throw new IllegalArgumentException(pipe);
    }
    return new Transfer() {
      private final List<Rejection> sent = new ArrayList<>();

      @Override
      public void send(PackedRecord record) {
        try {
          new Unpacker("Rejection")
              .unpack(record.data())
              .forEach((buffer, from, to) -> sent.add(parse(buffer, from, to)));
        } catch (CorruptRecordException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void finish() {
        if (broken) {
          throw new IllegalStateException("the pipe takes nothing");
        }
        rejections.addAll(sent);
      }

      @Override
      public void close() {}
    };
  }

  private static Rejection parse(byte[] buffer, int from, int to) {
    try {
      return Rejection.parseFrom(ByteBuffer.wrap(buffer, from, to - from));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
