// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

/** Who wants to know of new objects. */
public interface ObjectEvents {
  /**
   * Called after the object is kept, before the caller of S3 has its answer.
   *
   * @param event Put, Copy or CompleteMultipartUpload
   */
  void created(String bucket, String event, StoredObject object);
}
