// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.LogFile;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import aqueduct.logs.notice.ObjectNotice;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A message about newly arrived log files -> these files in the backup bucket. Returns when all of
 * them are kept and gone from the ingest bucket, or the message asked for nothing, or what it must
 * not (a {@link Rejection}). Otherwise it throws, and the queue brings the message again; whatever
 * was done is then found done. Who is interested in kept files is told by the backup bucket.
 */
public final class BackupFunction implements Consumer<Message<byte[]>> {
  private static final Logger log = LoggerFactory.getLogger(BackupFunction.class);
  private static final String REJECTED_LOGS = "rejected-logs";
  private static final int MOST_BYTES = 64 * 1024; // of a message in a rejection

  private final BackupProperties properties;
  private final AllowList allowed;
  private final FileKeeper keeper;
  private final RecordSink sink;
  private final MeterRegistry meters;

  public BackupFunction(
      BackupProperties properties, S3Client s3, RecordSink sink, MeterRegistry meters) {
    this.properties = properties;
    this.allowed = new AllowList(properties.ingestBuckets(), properties.prefixes());
    this.keeper = new FileKeeper(new LimitedS3(s3, properties.callTimeout()), properties);
    this.sink = sink;
    this.meters = meters;
  }

  @Override
  public void accept(Message<byte[]> message) {
    byte[] body = message.getPayload();
    Notices notices = NoticeReader.read(body, properties.eventSources());
    if (notices instanceof Notices.Unreadable unreadable) {
      count(Outcome.UNREADABLE, 1);
      throw new BackupFailedException(
          "the message cannot be read: %s. It goes to the dead letters; look at it there, who sent it?"
              .formatted(unreadable.reason()));
    }
    if (notices instanceof Notices.Ignored ignored) {
      count(Outcome.IGNORED, 1);
      log.debug("ignored: {}", ignored.reason());
    }
    if (notices instanceof Notices.Objects objects) {
      count(Outcome.IGNORED, objects.ignored());
      backUp(objects.objects(), body);
    }
  }

  /** All of them, also behind one that fails: the others need not wait for its next attempt. */
  private void backUp(List<ObjectNotice> notices, byte[] body) {
    RuntimeException failure = null;
    for (ObjectNotice notice : notices) {
      try {
        Outcome outcome = backUp(notice, body);
        count(outcome, 1);
        log.debug("{}: {}", FileName.of(notice.key()), outcome.tag());
      } catch (RuntimeException e) {
        count(Outcome.FAILED, 1);
        failure = first(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException first(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  private Outcome backUp(ObjectNotice notice, byte[] body) {
    Optional<AllowList.Refusal> refusal = allowed.refusal(notice);
    if (refusal.isEmpty()) {
      return keeper.keep(notice);
    }
    log.warn("{} rejected: {}", FileName.of(notice.key()), refusal.get().reason());
    sink.put(REJECTED_LOGS, RejectionPacker.pack(List.of(rejection(notice, refusal.get(), body))));
    return Outcome.REJECTED;
  }

  private static Rejection rejection(ObjectNotice notice, AllowList.Refusal refusal, byte[] body) {
    LogFile file =
        new LogFile(
            notice.bucket(), notice.key(), notice.etag().orElse(""), notice.size().orElse(0));
    return Rejection.newBuilder()
        .setStage("backup")
        .setReason(refusal.reason())
        .setMessage(refusal.message())
        .setBucket(file.bucket())
        .setKey(file.key())
        .setFileId(file.fileId())
        .setData(ByteString.copyFrom(body, 0, Math.min(body.length, MOST_BYTES)))
        .setDataLength(body.length)
        .build();
  }

  private void count(Outcome outcome, int notices) {
    meters.counter("aqueduct.backup.files", "outcome", outcome.tag()).increment(notices);
  }
}
