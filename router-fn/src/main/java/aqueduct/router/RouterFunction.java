// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import aqueduct.logs.LogFile;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import aqueduct.logs.notice.ObjectNotice;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * A message about kept files -> one bare notice of each file to each environment, required ones
 * first. Returns when every required environment has every notice, and every other one has it or
 * was given up with a {@link Rejection}; otherwise throws, and the queue brings the message again:
 * an environment may be told more than once, never not at all.
 */
public final class RouterFunction implements Consumer<Message<byte[]>> {
  private static final String REJECTED_LOGS = "rejected-logs";
  private static final String NONE = "none";

  private final Set<String> buckets;
  private final Set<String> eventSources;
  private final List<Route> routes;
  private final RecordSink sink;
  private final MeterRegistry meters;

  RouterFunction(
      RouterProperties properties,
      NoticeSender sender,
      RecordSink sink,
      MeterRegistry meters,
      Clock clock) {
    this.buckets = properties.buckets();
    this.eventSources = properties.eventSources();
    this.routes =
        properties.environments().entrySet().stream()
            .filter(entry -> entry.getValue().enabled())
            .map(e -> new Route(e.getKey(), e.getValue(), properties.pause(), sender, clock))
            .sorted(Comparator.comparing(route -> route.isRequired() ? 0 : 1))
            .toList();
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public void accept(Message<byte[]> message) {
    Notices notices = NoticeReader.read(message.getPayload(), eventSources);
    if (notices instanceof Notices.Unreadable unreadable) {
      count(NONE, "unreadable", 1);
      throw new RouterFailedException(
          "the message cannot be read: %s. It goes to the dead letters; look at it there, who sent it?"
              .formatted(unreadable.reason()),
          null);
    }
    if (notices instanceof Notices.Ignored) {
      count(NONE, "ignored", 1);
    }
    if (notices instanceof Notices.Objects objects) {
      count(NONE, "ignored", objects.ignored());
      RuntimeException failure = null;
      for (ObjectNotice notice : objects.objects()) {
        failure = first(failure, route(notice));
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Returns the first failure of a required environment, or of the pipe of rejections. */
  private @Nullable RuntimeException route(ObjectNotice notice) {
    if (!buckets.contains(notice.bucket())) {
      count(NONE, "rejected", 1);
      return reject(
          notice,
          "bucket_not_allowed",
          "The message names a bucket that is not in aqueduct.router.buckets: add it, or find out who sent the message.",
          "");
    }
    RuntimeException failure = null;
    for (Route route : routes) {
      failure = first(failure, send(notice, route));
    }
    return failure;
  }

  private @Nullable RuntimeException send(ObjectNotice notice, Route route) {
    try {
      Route.Outcome outcome = route.send(notice);
      count(route.environment(), outcome.tag(), 1);
      return outcome == Route.Outcome.GIVEN_UP
          ? reject(
              notice,
              "environment_unreachable",
              "The environment %s took no notices; replay this one when its queue is back."
                  .formatted(route.environment()),
              route.binding())
          : null;
    } catch (RuntimeException e) {
      count(route.environment(), "failed", 1);
      return new RouterFailedException(
          "environment " + route.environment() + " did not take the notice", e);
    }
  }

  private @Nullable RuntimeException reject(
      ObjectNotice notice, String reason, String message, String pipe) {
    LogFile file =
        new LogFile(
            notice.bucket(), notice.key(), notice.etag().orElse(""), notice.size().orElse(0));
    byte[] json = notice.toJson().getBytes(StandardCharsets.UTF_8);
    Rejection rejection =
        Rejection.newBuilder()
            .setStage("router")
            .setReason(reason)
            .setMessage(message)
            .setBucket(file.bucket())
            .setKey(file.key())
            .setFileId(file.fileId())
            .setPipe(pipe)
            .setData(ByteString.copyFrom(json))
            .setDataLength(json.length)
            .build();
    try {
      sink.put(REJECTED_LOGS, RejectionPacker.pack(List.of(rejection)));
      return null;
    } catch (RuntimeException e) {
      return new RouterFailedException("the rejection was not taken", e);
    }
  }

  private static @Nullable RuntimeException first(
      @Nullable RuntimeException first, @Nullable RuntimeException next) {
    if (first != null && next != null) {
      first.addSuppressed(next);
    }
    return first != null ? first : next;
  }

  private void count(String environment, String outcome, int notices) {
    meters
        .counter("aqueduct.router.notices", "environment", environment, "outcome", outcome)
        .increment(notices);
  }
}
