// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Row 2 of the fault catalogue: whatever the bytes, an answer, quickly, and never an exception. */
class NoticeReaderFuzzTest {
  private static final int CASES = Integer.getInteger("aqueduct.fuzz.cases", 20_000);
  private static final List<String> SEEDS =
      List.of(
          Bodies.s3(Bodies.record("ObjectCreated:Put", "ingest", "a+b%2Bc%E5%A5%BD")),
          Bodies.sns(Bodies.s3(Bodies.record("ObjectCreated:Copy", "b", "k"))),
          Bodies.eventBridge("Object Created", "b", "k%20x"),
          Bodies.testEvent(),
          "{\"bucket\":\"b\",\"key\":\"k\",\"size\":1,\"keyMayBeEncoded\":true}");

  @Test
  void damaged_messages_are_answered_and_what_is_understood_can_be_sent_on() {
    int understood = 0;
    for (int seed = 0; seed < CASES; seed++) {
      byte[] body = damaged(new Random(seed));
      Notices notices = NoticeReader.read(body);
      if (notices instanceof Notices.Objects objects) {
        understood++;
        for (ObjectNotice notice : objects.objects()) {
          assertThat(notice.key()).as("seed %d", seed).isNotEmpty();
          Notices again = NoticeReader.read(notice.toJson().getBytes(StandardCharsets.UTF_8));
          assertThat(((Notices.Objects) again).objects().get(0).keys())
              .as("seed %d", seed)
              .isEqualTo(notice.keys());
        }
      }
    }
    assertThat(understood)
        .as("damage that still reads, so that both sides are tried")
        .isBetween(CASES / 20, CASES * 19 / 20);
  }

  @Test
  void every_key_of_unicode_comes_back_from_its_form_encoding() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String key = key(random);
      assertThat(FormKey.decode(URLEncoder.encode(key, StandardCharsets.UTF_8))).contains(key);
      assertThat(FormKey.decode(URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/")))
          .contains(key);
    }
  }

  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    int length = 1 + random.nextInt(40);
    while (key.length() < length) {
      int point = random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x110000);
      if (point < 0xD800 || point > 0xDFFF) {
        key.appendCodePoint(point);
      }
    }
    return key.toString();
  }

  private static byte[] damaged(Random random) {
    byte[] whole = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int edits = random.nextInt(4);
    int next = edits == 0 ? -1 : random.nextInt(whole.length);
    for (int i = 0; i < whole.length; i++) {
      if (i != next) {
        out.write(whole[i]);
        continue;
      }
      switch (random.nextInt(5)) {
        case 0 -> out.write(random.nextInt(256));
        case 1 ->
            out.writeBytes(
                "{[\"\\%\u0000".substring(random.nextInt(6)).getBytes(StandardCharsets.UTF_8));
        case 2 -> out.write(whole, 0, random.nextInt(whole.length));
        case 3 -> i += random.nextInt(20);
        default -> out.write(whole[i] ^ 1 << random.nextInt(8));
      }
      next = --edits > 0 ? i + 1 + random.nextInt(whole.length) : -1;
    }
    return out.toByteArray();
  }
}
