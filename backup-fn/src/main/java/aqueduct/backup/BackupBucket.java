// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The bucket that keeps files for ever: what is in it, and whether that is a given content.
 *
 * <p>Every copy records the ETag that its source had when S3 read it (the copy is conditional on
 * that ETag), because the copy's own ETag is another one when either was made of parts or encrypted
 * under KMS.
 */
final class BackupBucket {
  /** User metadata of a kept file: the ETag of the file it was copied from. */
  static final String SOURCE_ETAG = "aqueduct-source-etag";

  private final S3Client s3;
  private final String name;

  BackupBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  Optional<HeadObjectResponse> find(String key) {
    return find(s3, name, key);
  }

  static Optional<HeadObjectResponse> find(S3Client s3, String bucket, String key) {
    try {
      return Optional.of(
          s3.headObject(
              request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED)));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether the kept file is a copy of the content with that ETag (and size, where known). */
  static boolean holds(HeadObjectResponse kept, String etag, OptionalLong size) {
    if (size.isPresent() && kept.contentLength() != size.getAsLong()) {
      return false;
    }
    return Etags.unquoted(kept.eTag()).equals(etag)
        || etag.equals(kept.metadata().get(SOURCE_ETAG));
  }

  /**
   * Throws unless the object of that key is the arrived file: of the same size, with its ETag
   * recorded or as its own, and with equal MD5 and checksums as far as S3 tells them of both.
   */
  void verify(ArrivedFile arrived, String key) {
    HeadObjectResponse kept =
        find(key)
            .orElseThrow(
                () ->
                    new BackupFailedException(
                        "the copy of " + FileName.of(key) + " is not in the backup bucket"));
    if (!holds(kept, arrived.etag(), OptionalLong.of(arrived.size()))
        || differ(md5(arrived.head()), md5(kept))
        || checksumsDiffer(arrived.head(), kept)) {
      throw new BackupFailedException(
          ("the copy of %s differs from it (size %d and %d, ETag %s and %s):"
                  + " the file stays in the ingest bucket, compare the two")
              .formatted(
                  FileName.of(key),
                  arrived.size(),
                  kept.contentLength(),
                  arrived.etag(),
                  Etags.unquoted(kept.eTag())));
    }
  }

  /** The MD5 of the content, where the ETag is one: made in one piece, not under KMS. */
  private static @Nullable String md5(HeadObjectResponse object) {
    ServerSideEncryption encryption = object.serverSideEncryption();
    boolean plain =
        object.sseCustomerAlgorithm() == null
            && (encryption == null || encryption == ServerSideEncryption.AES256);
    String etag = Etags.unquoted(object.eTag());
    return plain && Etags.isMd5(etag) ? etag : null;
  }

  private static boolean checksumsDiffer(HeadObjectResponse one, HeadObjectResponse other) {
    if (one.checksumType() == ChecksumType.COMPOSITE
        || other.checksumType() == ChecksumType.COMPOSITE) {
      return false; // depends on how it was cut into parts
    }
    return Stream.<Function<HeadObjectResponse, @Nullable String>>of(
            HeadObjectResponse::checksumCRC64NVME,
            HeadObjectResponse::checksumCRC32,
            HeadObjectResponse::checksumCRC32C,
            HeadObjectResponse::checksumSHA1,
            HeadObjectResponse::checksumSHA256)
        .anyMatch(checksum -> differ(checksum.apply(one), checksum.apply(other)));
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !Objects.equals(one, other);
  }
}
