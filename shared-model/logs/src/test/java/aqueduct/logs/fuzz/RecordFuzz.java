// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Fuzzing;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Target: any bytes as a packed record, plain, with the magic, and with a digest that is right. */
public final class RecordFuzz {
  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  private RecordFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(RecordFuzz::fuzzerTestOneInput, "record");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    boolean magic = data.length >= 20 && Arrays.equals(data, 0, 4, MAGIC, 0, 4);
    unpack(data);
    unpack(signed(magic ? Arrays.copyOfRange(data, 4, data.length - 16) : data));
    message(RawLog.parser(), data, 0, data.length);
    message(EnrichedLog.parser(), data, 0, data.length);
  }

  private static byte[] signed(byte[] body) {
    byte[] record = Arrays.copyOf(MAGIC, 4 + body.length + 16);
    System.arraycopy(body, 0, record, 4, body.length);
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(body);
      System.arraycopy(digest, 0, record, 4 + body.length, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    return record;
  }

  private static void unpack(byte[] record) {
    try {
      PackedChunk chunk = new Unpacker("RawLog").unpack(record);
      chunk.id();
      chunk.forEach((buffer, from, to) -> message(RawLog.parser(), buffer, from, to));
    } catch (CorruptRecordException corrupt) {
      // the answer that it should give
    }
  }

  private static void message(Parser<? extends Message> parser, byte[] bytes, int from, int to) {
    try {
      String json = CanonicalJson.write(parser.parseFrom(bytes, from, to - from));
      if (json.indexOf('\n') >= 0) {
        throw new AssertionError("more than one line");
      }
    } catch (InvalidProtocolBufferException corrupt) {
      return; // protobuf's own verdict
    }
  }
}
