// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A server that tells another checksum of its objects whenever it is asked. */
record ChecksumHeader(String operation, AtomicInteger asked) implements ExecutionInterceptor {
  ChecksumHeader(String operation) {
    this(operation, new AtomicInteger());
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    if (!operation.equals(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME))) {
      return context.httpResponse();
    }
    return context.httpResponse().toBuilder()
        .putHeader("x-amz-checksum-type", "FULL_OBJECT")
        .putHeader("x-amz-checksum-crc64nvme", "different" + asked.incrementAndGet())
        .build();
  }
}
