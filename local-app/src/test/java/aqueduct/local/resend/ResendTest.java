// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ResendTest {
  @Test
  void only_the_queues_that_a_message_passes_are_waited_for() {
    assertThat(Resend.passedBy(Set.of("files-to-replay"))).containsExactly("files-to-replay");
    assertThat(Resend.passedBy(Set.of("arrived-files")))
        .containsExactly("arrived-files", "kept-files", "files-to-stream-production");
    assertThat(Resend.passedBy(Set.of("files-to-replay", "files-to-stream-production")))
        .containsExactly("files-to-stream-production", "files-to-replay");
    assertThat(Resend.passedBy(Set.of("files-to-stream-development"))).isEmpty();
  }
}
