// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.RawLog;
import org.junit.jupiter.api.Test;

/**
 * A format of a stranger, one class and one resource file outside our packages, is found and used.
 */
class FurtherFormatTest {
  @Test
  void one_class_and_one_resource_file_read_another_cdns_files() {
    Streamed streamed =
        Streamed.text(
            "excdn|1575493351|200|/index.html", "excdn|now|200|/", "excdn|1575493352|404|/x");

    assertThat(streamed.events).extracting(RawLog::getUrlPath).containsExactly("/index.html", "/x");
    assertThat(streamed.reasons()).containsExactly("bad_line");
    assertThat(streamed.rejections.get(0).getLine()).isEqualTo(2);
  }

  @Test
  void files_of_formats_known_here_are_still_theirs() {
    assertThat(
            Streamed.text(
                    "#Fields: date time sc-status cs-uri-stem", "2019-12-04\t21:02:31\t200\texcdn|")
                .event()
                .getSourceFormat())
        .isEqualTo("v2_w3c");
  }
}
