// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The calls of an upload in parts -> {@link Uploads}, and at its end one object. */
final class ObjectParts {
  private final ObjectFiles files;
  private final ObjectEvents events;

  ObjectParts(ObjectFiles files, ObjectEvents events) {
    this.files = files;
    this.events = events;
  }

  MultipartUpload begin(CreateMultipartUploadRequest request) throws IOException {
    String id = files.uploads(request.bucket()).begin(request.key(), Description.of(request));
    return new MultipartUpload(id, request);
  }

  UploadPartResponse add(MultipartUpload upload, UploadPartRequest request, InputStream in)
      throws IOException {
    ObjectFiles.Expected expected =
        ObjectFiles.Expected.of(request.contentLength(), request.contentMD5());
    return SdkResponses.uploadedPart(
        quoted(add(upload, request.partNumber(), in, expected).digest()));
  }

  private Uploads.Part add(
      MultipartUpload upload, int number, InputStream in, ObjectFiles.Expected expected)
      throws IOException {
    return files
        .uploads(upload.containerName())
        .add(upload.id(), number, in, expected.size(), expected.md5());
  }

  UploadPartCopyResponse copy(MultipartUpload upload, UploadPartCopyRequest request)
      throws IOException {
    return files
        .bucket(request.sourceBucket())
        .withFile(
            request.sourceKey(),
            (source, file) -> {
              Preconditions.ofCopy(
                  source, request.copySourceIfMatch(), request.copySourceIfNoneMatch());
              ByteRange range = ByteRange.of(request.copySourceRange(), source.size());
              InputStream in = ObjectFiles.open(file, range);
              Uploads.Part part =
                  add(upload, request.partNumber(), in, ObjectFiles.Expected.NOTHING);
              return SdkResponses.copiedPart(quoted(part.digest()), part.modified(), null);
            });
  }

  CompleteMultipartUploadResponse complete(
      MultipartUpload upload, CompleteMultipartUploadRequest request) throws IOException {
    Uploads uploads = files.uploads(upload.containerName());
    Uploads.Upload begun = uploads.get(upload.id());
    List<Integer> numbers =
        request.multipartUpload().parts().stream().map(CompletedPart::partNumber).toList();
    StoredObject kept =
        files
            .bucket(upload.containerName())
            .put(
                begun.key(),
                uploads.join(upload.id(), numbers),
                begun.description(),
                new Condition(request.ifMatch(), request.ifNoneMatch()));
    uploads.end(upload.id());
    events.created(upload.containerName(), "CompleteMultipartUpload", kept);
    return SdkResponses.completeResponse(kept.eTag());
  }

  void abort(MultipartUpload upload) throws IOException {
    files.uploads(upload.containerName()).end(upload.id());
  }

  List<Part> list(MultipartUpload upload) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Uploads.Part part : files.uploads(upload.containerName()).parts(upload.id())) {
      parts.add(
          SdkResponses.part(part.number(), part.size(), quoted(part.digest()), part.modified()));
    }
    return parts;
  }

  List<software.amazon.awssdk.services.s3.model.MultipartUpload> uploads(String bucket)
      throws IOException {
    List<software.amazon.awssdk.services.s3.model.MultipartUpload> listed = new ArrayList<>();
    Uploads uploads = files.uploads(bucket);
    for (Uploads.Upload upload : uploads.all()) {
      listed.add(SdkResponses.upload(upload.key(), upload.id(), uploads.begun(upload.id())));
    }
    return listed;
  }

  private static String quoted(String digest) {
    return "\"" + digest + "\"";
  }
}
