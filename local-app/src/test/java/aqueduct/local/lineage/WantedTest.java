// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.ChunkId;
import aqueduct.logs.LogFile;
import aqueduct.logs.RecoveredLines;
import aqueduct.logs.RequestId;
import aqueduct.wire.EnrichedLog;
import org.junit.jupiter.api.Test;

class WantedTest {
  private static final LogFile FILE = new LogFile("backup", "a.gz", "etag", 1);

  private static boolean is(Wanted wanted, EnrichedLog event) {
    byte[] bytes = event.toByteArray();
    byte[] inside = new byte[bytes.length + 20];
    System.arraycopy(bytes, 0, inside, 10, bytes.length);
    return wanted.is(inside, 10, 10 + bytes.length);
  }

  @Test
  void a_request_is_found_by_its_id_alone() {
    Wanted wanted = new Wanted.Request("SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==");
    EnrichedLog.Builder event =
        EnrichedLog.newBuilder().setFileId(7).setLine(3).setUrlPath("/a").setSiteId("s");
    long id = RequestId.hash("SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==");
    assertThat(is(wanted, event.setEventId(id).build())).isTrue();
    assertThat(is(wanted, event.setEventId(id + 1).build())).isFalse();
  }

  @Test
  void a_line_is_looked_for_in_chunks_of_its_file_that_start_at_it_or_before() {
    Wanted wanted = new Wanted.Line(FILE.fileId(), 1500);
    assertThat(wanted.mayBeIn(new ChunkId(FILE.fileId(), 1002))).isTrue();
    assertThat(wanted.mayBeIn(new ChunkId(FILE.fileId(), 2002))).isFalse();
    assertThat(wanted.mayBeIn(new ChunkId(RecoveredLines.fileId(FILE.fileId()), 1500))).isTrue();
    assertThat(wanted.mayBeIn(new ChunkId(5, 1))).isFalse();
    assertThat(is(wanted, EnrichedLog.newBuilder().setLine(1500).build())).isTrue();
    assertThat(is(wanted, EnrichedLog.newBuilder().setLine(1501).build())).isFalse();
  }
}
