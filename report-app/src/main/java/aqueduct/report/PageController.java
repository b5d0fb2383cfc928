// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The one page. Its numbers come from the API, so that page and API can never differ. */
@Controller
class PageController {
  private final Reports reports;

  PageController(Reports reports) {
    this.reports = reports;
  }

  @GetMapping("/")
  String page(Model model) {
    model.addAttribute("reports", reports.all());
    return "report";
  }
}
