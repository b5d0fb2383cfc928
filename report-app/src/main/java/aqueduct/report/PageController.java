// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages. The first is whole without JavaScript, which then keeps it fresh; its numbers are the
 * API's own answers, so that page and API can never differ.
 */
@Controller
class PageController {
  private final Reports reports;
  private final Status status;

  PageController(Reports reports, Status status) {
    this.reports = reports;
    this.status = status;
  }

  @GetMapping("/")
  String page(
      @RequestParam @Nullable String range, @RequestParam @Nullable String site, Model model) {
    PageView view = PageView.of(reports, range, site == null ? "" : site);
    model.addAttribute("view", view);
    model.addAttribute("day", status.day(view.range()).orElse(null));
    return "report";
  }

  @GetMapping("/days/{day}")
  String day(@PathVariable String day, Model model) {
    model.addAttribute("day", status.history(day));
    return "day";
  }

  @GetMapping("/status")
  String status(Model model) {
    model.addAttribute("status", status.now());
    return "status";
  }
}
