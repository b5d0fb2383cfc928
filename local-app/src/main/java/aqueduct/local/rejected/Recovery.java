// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import aqueduct.local.resend.Order;
import aqueduct.logs.FileLedger;
import aqueduct.logs.LogFile;
import aqueduct.logs.notice.ObjectNotice;
import aqueduct.logs.notice.ReplayOrder;
import aqueduct.logs.notice.ReplayOrder.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rejections -> the messages that take what was rejected through the same functions again, under
 * the same identities: to send one twice changes nothing.
 *
 * @param orders messages, each with the queue that it is for
 * @param hopeless rejections that no message can bring back, because nobody knows their file
 */
public record Recovery(List<Order> orders, List<RejectedItem> hopeless) {

  /** What is to be done about these rejections. */
  public static Recovery of(Collection<RejectedItem> items, FileLedger ledger) {
    List<Order> orders = new ArrayList<>();
    List<RejectedItem> hopeless = new ArrayList<>();
    Map<String, List<RejectedItem>> byFile = new TreeMap<>();
    for (RejectedItem item : items) {
      switch (item.stage()) {
        case "backup" -> orders.add(again("arrived-files", item));
        case "router" -> orders.add(again("kept-files", item));
        default -> byFile.computeIfAbsent(item.fileId(), any -> new ArrayList<>()).add(item);
      }
    }
    byFile.forEach(
        (fileId, ofFile) ->
            entry(ledger, fileId)
                .ifPresentOrElse(
                    entry -> orders.addAll(ofFile(entry, ofFile)), () -> hopeless.addAll(ofFile)));
    return new Recovery(List.copyOf(orders), List.copyOf(hopeless));
  }

  private static Order again(String pipe, RejectedItem item) {
    String body =
        item.stage().equals("backup")
            ? new String(item.data(), StandardCharsets.UTF_8)
            : ObjectNotice.of(item.bucket(), item.file()).toJson();
    return new Order(pipe, body, 1);
  }

  private static Optional<FileLedger.Entry> entry(FileLedger ledger, String fileId) {
    return fileId.isEmpty() ? Optional.empty() : ledger.find(HexFormat.fromHexDigitsToLong(fileId));
  }

  private static List<Order> ofFile(FileLedger.Entry entry, List<RejectedItem> items) {
    List<Order> orders = new ArrayList<>();
    TreeSet<Integer> lines = new TreeSet<>();
    int whole = 0;
    for (RejectedItem item : items) {
      if (item.line() > 0) lines.add(item.line());
      else whole++;
    }
    if (whole > 0) orders.add(whole(entry, whole));
    List<Integer> all = List.copyOf(lines);
    for (int from = 0; from < all.size(); from += ReplayOrder.MOST_LINES) {
      List<Integer> some = all.subList(from, Math.min(all.size(), from + ReplayOrder.MOST_LINES));
      orders.add(order(entry.file(), Scope.LINES, some, some.size()));
    }
    return orders;
  }

  /** A file of which nothing was an event: its lines. A record that was put aside: its chunk. */
  private static Order whole(FileLedger.Entry entry, int rejections) {
    boolean nothing = entry.summary().map(s -> s.events() == 0).orElse(false);
    return order(entry.file(), nothing ? Scope.ALL_LINES : Scope.CHUNKS, List.of(), rejections);
  }

  private static Order order(LogFile file, Scope scope, List<Integer> lines, int rejections) {
    ReplayOrder order = new ReplayOrder(file.bucket(), file.key(), scope, lines);
    return new Order("files-to-replay", order.toJson(), rejections);
  }
}
