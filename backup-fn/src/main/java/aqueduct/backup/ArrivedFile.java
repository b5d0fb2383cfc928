// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A file in an ingest bucket as it was at one moment.
 *
 * @param head what S3 says of it; its ETag guards every further step
 */
record ArrivedFile(String bucket, String key, HeadObjectResponse head) {

  String etag() {
    return Etags.unquoted(head.eTag());
  }

  long size() {
    return head.contentLength();
  }
}
