// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket of rejections and a day -> the lines that were refused, each as a line of JSON. */
public final class KeptRejections {
  private final S3Client s3;
  private final String bucket;

  public KeptRejections(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Of log files of that UTC day, in the order of stage and reason; read as it is asked for. */
  public Stream<String> of(LocalDate day) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix("day=" + day + "/"))
        .contents()
        .stream()
        .flatMap(object -> lines(object.key()));
  }

  private Stream<String> lines(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key))
        .asString(StandardCharsets.UTF_8)
        .lines();
  }
}
