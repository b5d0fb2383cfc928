// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Fuzzing;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import java.nio.charset.StandardCharsets;

/** Target: any bytes as a queue's message. What is understood can be sent on. */
public final class NoticeFuzz {
  private NoticeFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(NoticeFuzz::fuzzerTestOneInput, "notice");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    if (NoticeReader.read(data) instanceof Notices.Objects objects) {
      objects
          .objects()
          .forEach(
              notice -> {
                byte[] sentOn = notice.toJson().getBytes(StandardCharsets.UTF_8);
                if (!(NoticeReader.read(sentOn) instanceof Notices.Objects)) {
                  throw new AssertionError("cannot be read again: " + notice.toJson());
                }
              });
    }
  }
}
