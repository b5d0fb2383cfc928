// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import aqueduct.logs.notice.ObjectNotice;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * A notice of a kept file -> its chunks on {@code raw-logs}, each once. Returns when the streams
 * have taken everything and the ledger says done, or when the file was done before. Throws when the
 * file is another worker's now, or when anything failed: the queue brings the notice again, and the
 * chunks that were sent already are recognised by their ids downstream.
 */
public final class StreamifyFunction implements Consumer<Message<byte[]>> {
  private static final Logger log = LoggerFactory.getLogger(StreamifyFunction.class);
  private final String bucket;
  private final KeptFiles files;
  private final FileStream stream;
  private final MeterRegistry meters;

  StreamifyFunction(String bucket, KeptFiles files, FileStream stream, MeterRegistry meters) {
    this.bucket = bucket;
    this.files = files;
    this.stream = stream;
    this.meters = meters;
  }

  @Override
  public void accept(Message<byte[]> message) {
    Notices notices = NoticeReader.read(message.getPayload());
    if (notices instanceof Notices.Unreadable unreadable) {
      count("unreadable");
      throw new IllegalArgumentException(
          "the message cannot be read: "
              + unreadable.reason()
              + ". It goes to the dead letters; look at it there, who sent it?");
    }
    if (notices instanceof Notices.Objects objects) {
      objects.objects().forEach(this::streamify);
    } else {
      count("ignored");
    }
  }

  private void streamify(ObjectNotice notice) {
    if (!notice.bucket().equals(bucket)) {
      count("refused");
      throw new IllegalArgumentException(
          "the notice names bucket "
              + notice.bucket()
              + ", this element reads "
              + bucket
              + ": check aqueduct.streamify.bucket and who sent it");
    }
    Optional<KeptFile> file = files.find(notice);
    if (file.isEmpty()) {
      count("missing");
      throw new IllegalStateException(
          "file " + notice.key() + " is not in bucket " + bucket + ": will be tried again");
    }
    Claim claim = stream.run(file.get());
    if (claim instanceof Claim.AlreadyDone done) {
      count("repeated");
      log.debug(
          "{} was streamified before; notice {} of it", notice.key(), done.entry().repeats() + 1);
    } else if (claim instanceof Claim.HeldByAnother other) {
      count("held");
      throw new IllegalStateException(
          "file "
              + notice.key()
              + " is being streamified by "
              + other.worker()
              + " until "
              + other.until()
              + ": will be looked at again");
    } else {
      count("streamified");
    }
  }

  private void count(String outcome) {
    meters.counter("aqueduct.streamify.files", "outcome", outcome).increment();
  }
}
