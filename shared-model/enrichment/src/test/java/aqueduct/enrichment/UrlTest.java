// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Golden case 3 (the second decoding), whole URLs, registered domains, function data. */
class UrlTest {
  @Test
  void a_path_is_decoded_once_more_for_display_only_where_that_differs() {
    EnrichedLog event = event(raw().setUrlPath("/words/%E5%A5%BD/"));
    assertThat(event.getUrlPath()).isEqualTo("/words/%E5%A5%BD/");
    assertThat(event.getUrlPathNormalized()).isEqualTo("/words/好/");
    for (String same : new String[] {"/a+b", "/100%", "/%zz", "/"}) {
      assertThat(event(raw().setUrlPath(same)).getUrlPathNormalized()).isEmpty();
    }
    assertThat(event(raw().setUrlPath("/%41%")).getUrlPathNormalized()).isEqualTo("/A%");
    assertThat(event(raw().setUrlPath("/%ff")).getUrlPathNormalized()).isEqualTo("/\ufffd");
  }

  @Test
  void a_whole_url_is_of_what_the_log_has_and_of_what_may_travel() {
    assertThat(event(raw().setQuery("utm_source=a%2520b&token=x")).getUrlFull())
        .isEqualTo("https://WWW.Example.org/shop/item.html?utm_source=a%20b");
    assertThat(event(raw()).getUrlFull()).isEqualTo("https://WWW.Example.org/shop/item.html");
    assertThat(event(raw().clearUrlScheme()).getUrlFull()).isEmpty();
    assertThat(event(raw().clearUrlDomain()).getUrlFull()).isEmpty();
  }

  @Test
  void a_host_has_the_domain_that_somebody_registered() throws Exception {
    assertThat(event(raw()).getUrlRegisteredDomain()).isEqualTo("example.org");
    assertThat(event(raw().clearUrlDomain()).getUrlRegisteredDomain()).isEmpty();
    BundledDatasets bundled = new BundledDatasets();
    PublicSuffixes suffixes;
    try (InputStream in = bundled.open(bundled.versions("public-suffixes").get(0))) {
      suffixes = PublicSuffixes.read(in);
    }
    for (String[] of :
        new String[][] {
          {"www.example.co.uk", "example.co.uk"},
          {"co.uk", ""},
          {"com", ""},
          {"a.b.c.foo.ck", "c.foo.ck"},
          {"foo.ck", ""},
          {"x.www.ck", "www.ck"},
          {"www.ck", "www.ck"},
          {"d1.cloudfront.net", "d1.cloudfront.net"},
          {"a.b.unknown-top-level", "b.unknown-top-level"},
          {"localhost", ""},
          {"192.0.2.1", ""},
          {"[2001:db8::1]", ""},
          {".", ""},
          {"a..", ""},
          {"xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"},
          {"www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"}
        }) {
      assertThat(suffixes.registered(of[0])).as(of[0]).isEqualTo(of[1]);
    }
  }

  @Test
  void what_functions_wrote_into_the_log_is_one_field() {
    assertThat(
            event(
                    raw()
                        .putExtra("viewer-response-log-data", "later")
                        .putExtra("viewer-request-log-data", "tag=1"))
                .getCdnFunctionData())
        .isEqualTo("tag=1");
    assertThat(event(raw().putExtra("viewer-response-log-data", "r")).getCdnFunctionData())
        .isEqualTo("r");
    assertThat(event(raw().putExtra("other", "r")).getCdnFunctionData()).isEmpty();
    assertThat(
            event(raw().setCdnFunctionData("own").putExtra("viewer-request-log-data", "x"))
                .getCdnFunctionData())
        .isEqualTo("own");
  }
}
