// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * What S3 does and the server's file systems do not: any key is a name of its own ({@code ..},
 * leading and double slashes), and CopyObject obeys If-None-Match (the server drops that header, so
 * the client repeats it where it gets through).
 */
final class StrictStore extends ForwardingBlobStore {
  private static final String ASKED = "test-if-none-match";

  StrictStore(BlobStore delegate) {
    super(delegate);
  }

  static final ExecutionInterceptor ASK_FOR_CONDITIONAL_COPY =
      new ExecutionInterceptor() {
        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes a) {
          if (context.request() instanceof CopyObjectRequest copy
              && "*".equals(copy.ifNoneMatch())) {
            Map<String, String> metadata = new HashMap<>(copy.metadata());
            metadata.put(ASKED, "*");
            return copy.toBuilder().metadata(metadata).build();
          }
          return context.request();
        }
      };

  /** Any key -> a name that file systems take; the server's own files keep their names. */
  private static String name(String key) {
    if (key.startsWith(".s3proxy-mpu-stub-")) {
      return key;
    }
    return "k" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("*", "%2A");
  }

  List<String> keys(String bucket) {
    return delegate()
        .list(ListObjectsV2Request.builder().bucket(bucket).maxKeys(1000).build())
        .contents()
        .stream()
        .filter(o -> o.key().startsWith("k"))
        .map(o -> URLDecoder.decode(o.key().substring(1), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  @Override
  public synchronized CopyObjectResponse copyBlob(CopyObjectRequest request) {
    String target = name(request.destinationKey());
    Map<String, String> metadata = new HashMap<>(request.metadata());
    if (metadata.remove(ASKED) != null
        && delegate().blobExists(request.destinationBucket(), target)) {
      throw S3Exception.builder().statusCode(412).message("PreconditionFailed").build();
    }
    return super.copyBlob(
        request.toBuilder()
            .sourceKey(name(request.sourceKey()))
            .destinationKey(target)
            .metadata(metadata)
            .build());
  }

  @Override
  public synchronized PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    return super.putBlob(request.toBuilder().key(name(request.key())).build(), content);
  }

  @Override
  public boolean blobExists(String bucket, String key) {
    return super.blobExists(bucket, name(key));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    return super.blobMetadata(request.toBuilder().key(name(request.key())).build());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return super.getBlob(request.toBuilder().key(name(request.key())).build());
  }

  @Override
  public synchronized DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return super.removeBlob(request.toBuilder().key(name(request.key())).build());
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    MultipartUpload begun =
        super.initiateMultipartUpload(request.toBuilder().key(name(request.key())).build());
    return new MultipartUpload(begun.id(), request, begun.response());
  }

  private static MultipartUpload renamed(MultipartUpload upload) {
    CreateMultipartUploadRequest request = upload.request();
    return new MultipartUpload(
        upload.id(), request.toBuilder().key(name(request.key())).build(), upload.response());
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    super.abortMultipartUpload(renamed(upload));
  }

  @Override
  public synchronized CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return super.completeMultipartUpload(
        renamed(upload), request.toBuilder().key(name(request.key())).build());
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream content) {
    return super.uploadMultipartPart(
        renamed(upload), request.toBuilder().key(name(request.key())).build(), content);
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return super.listMultipartUpload(renamed(upload));
  }

  @Override
  public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
      String bucket) {
    return super.listMultipartUploads(bucket).stream()
        .map(
            upload ->
                upload.toBuilder()
                    .key(URLDecoder.decode(upload.key().substring(1), StandardCharsets.UTF_8))
                    .build())
        .toList();
  }
}
