// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Every call that any AWS client of an element's process makes -> a line "service Operation
 * resource" of a file, each once. The SDK itself puts it into every client, sync or async, ours or
 * a binder's, so none can be forgotten.
 */
public final class RecordedCalls implements ExecutionInterceptor {
  static final String FILE = "AQUEDUCT_RECORDED_CALLS";
  private static final int NOT_FOUND = 404;
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final String[] RESOURCES = {
    "Bucket", "QueueUrl", "QueueName", "StreamName", "StreamARN", "TableName", "DestinationBucket"
  };

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String call =
        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).toLowerCase(Locale.ROOT)
            + " "
            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)
            + " ";
    record(call + resource(context.request()));
    context
        .request()
        .getValueForField("SourceBucket", String.class)
        .ifPresent(source -> record("s3 GetObject " + source));
  }

  /** Who may not list a bucket is told 403, not 404, of what is not there. */
  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof S3Exception failure && failure.statusCode() == NOT_FOUND) {
      record("s3 ListBucket " + resource(context.request()));
    }
  }

  private static String resource(SdkRequest request) {
    for (String field : RESOURCES) {
      var value = request.getValueForField(field, String.class);
      if (value.isPresent()) return value.get().replaceFirst(".*[/:]", "");
    }
    return "?";
  }

  private static void record(String call) {
    String file = System.getenv(FILE);
    if (file == null || !SEEN.add(call)) return;
    try {
      Files.write(
          Path.of(file),
          (call + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
