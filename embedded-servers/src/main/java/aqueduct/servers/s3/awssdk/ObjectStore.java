// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * The calls that s3proxy makes of a store -> {@link ObjectFiles}. Every object is kept or replaced
 * as a whole, every condition is checked in the same moment as the change, keys are any text of 1
 * to 1,024 bytes, ETags survive a restart.
 */
public final class ObjectStore implements BlobStore {
  private static final long LEAST_PART = 5 << 20;
  private final ObjectFiles files;
  private final ObjectEvents events;
  private final ObjectParts parts;
  private final Supplier<Condition> ofCopy;

  private ObjectStore(ObjectFiles files, ObjectEvents events, Supplier<Condition> ofCopy) {
    this.files = files;
    this.events = events;
    this.parts = new ObjectParts(files, events);
    this.ofCopy = ofCopy;
  }

  /**
   * Opens the buckets in the directory.
   *
   * @param ofCopy the condition of the copy that the current thread serves: s3proxy does not hand
   *     it on
   */
  public static ObjectStore open(
      Path directory, Clock clock, ObjectEvents events, Supplier<Condition> ofCopy)
      throws IOException {
    return new ObjectStore(ObjectFiles.open(directory, clock), events, ofCopy);
  }

  /** Makes a bucket if it is not there. */
  public void ensureBucket(String name) throws IOException {
    if (!files.buckets().contains(name)) files.create(name);
  }

  /** The objects of a bucket now, in the order of their keys. */
  public List<StoredObject> objects(String bucket) {
    return List.copyOf(files.bucket(bucket).objects().values());
  }

  @Override
  public void close() {
    io(
        () -> {
          files.close();
          return true;
        });
  }

  @Override
  public ListBucketsResponse list() {
    return ListBucketsResponse.builder()
        .buckets(files.buckets().stream().map(b -> SdkResponses.bucket(b, created(b))).toList())
        .build();
  }

  private Instant created(String bucket) {
    return io(() -> Files.getLastModifiedTime(files.bucket(bucket).created()).toInstant());
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    return Listing.page(files.bucket(request.bucket()).objects(), request);
  }

  @Override
  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    Objects.requireNonNull(files.bucket(request.bucket()));
    return HeadBucketResponse.builder().build();
  }

  @Override
  public CreateBucketResponse createContainer(CreateBucketRequest request) {
    return io(
        () -> {
          files.create(request.bucket());
          return CreateBucketResponse.builder().build();
        });
  }

  @Override
  public void deleteBucket(String bucket) {
    io(
        () -> {
          files.delete(bucket);
          return true;
        });
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    return io(
        () -> {
          StoredObject kept =
              files.put(
                  request.bucket(),
                  request.key(),
                  payload,
                  ObjectFiles.Expected.of(request.contentLength(), request.contentMD5()),
                  Description.of(request),
                  new Condition(request.ifMatch(), request.ifNoneMatch()));
          events.created(request.bucket(), "Put", kept);
          return SdkResponses.putResponse(kept.eTag());
        });
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return io(
        () -> {
          StoredObject copy =
              files
                  .bucket(request.sourceBucket())
                  .withFile(request.sourceKey(), (o, f) -> copy(request, o, f));
          events.created(request.destinationBucket(), "Copy", copy);
          return SdkResponses.copyResponse(copy.eTag(), copy.lastModified());
        });
  }

  private StoredObject copy(CopyObjectRequest request, StoredObject source, Path bytes)
      throws IOException {
    Preconditions.ofCopy(source, request.copySourceIfMatch(), request.copySourceIfNoneMatch());
    boolean replace = request.metadataDirective() == MetadataDirective.REPLACE;
    return files.copy(
        source,
        bytes,
        request.destinationBucket(),
        request.destinationKey(),
        replace ? Description.of(request) : Description.of(source),
        ofCopy.get());
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    StoredObject object = files.bucket(request.bucket()).get(request.key());
    return SdkResponses.toHead(Description.answer(object).build());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return io(
        () ->
            files
                .bucket(request.bucket())
                .withFile(
                    request.key(),
                    (object, file) -> {
                      Preconditions.ofRead(object, request);
                      ByteRange range = ByteRange.of(request.range(), object.size());
                      GetObjectResponse.Builder answer =
                          Description.answer(object).contentLength(range.length());
                      if (request.range() != null)
                        answer.contentRange(range.contentRange(object.size()));
                      return SdkResponses.getResponse(
                          answer.build(), ObjectFiles.open(file, range));
                    }));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    if (request.versionId() != null)
      throw Refusals.of(501, "NotImplemented", "There are no versions here.");
    return io(
        () -> {
          files
              .bucket(request.bucket())
              .remove(request.key(), new Condition(request.ifMatch(), null));
          return DeleteObjectResponse.builder().build();
        });
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    return io(() -> parts.begin(request));
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream in) {
    return io(() -> parts.add(upload, request, in));
  }

  @Override
  public boolean supportsCopyMultipartPart() {
    return true;
  }

  @Override
  public UploadPartCopyResponse copyMultipartPart(
      MultipartUpload upload, UploadPartCopyRequest request) {
    return io(() -> parts.copy(upload, request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return io(() -> parts.complete(upload, request));
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    io(
        () -> {
          parts.abort(upload);
          return true;
        });
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return io(() -> parts.list(upload));
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String bucket) {
    return io(() -> parts.uploads(bucket));
  }

  @Override
  public long getMinimumMultipartPartSize() {
    return LEAST_PART;
  }

  @Override
  public BucketCannedACL getContainerAccess(String bucket) {
    return BucketCannedACL.PRIVATE;
  }

  @Override
  public void setContainerAccess(String bucket, BucketCannedACL access) {
    throw Refusals.of(
        501,
        "NotImplemented",
        "Access is not controlled here: whoever reaches 127.0.0.1 may do all.");
  }

  @Override
  public ObjectCannedACL getBlobAccess(String bucket, String key) {
    return ObjectCannedACL.PRIVATE;
  }

  @Override
  public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
    throw Refusals.of(
        501,
        "NotImplemented",
        "Access is not controlled here: whoever reaches 127.0.0.1 may do all.");
  }

  private static <T> T io(Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Action<T> {
    T run() throws IOException;
  }
}
