// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.enrich.EnrichConfiguration;
import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.logs.FileLedger;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordSink.Transfer;
import aqueduct.streamify.StreamifyConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the functions stand on, in memory: files that are new in every round, and no streams. */
final class FunctionStubs
    implements ApplicationContextInitializer<GenericApplicationContext>, S3Client {
  private final Map<String, byte[]> files = new HashMap<>();
  private final EnrichmentContext context =
      new EnrichmentContext(new BundledDatasets(), EnrichmentSettings.defaults());
  private int round;

  /** Both functions, and what Spring Cloud Function puts around them. */
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    StreamifyConfiguration.class,
    EnrichConfiguration.class,
    ContextFunctionCatalogAutoConfiguration.class
  })
  static class Functions {}

  /** A stream that takes everything at once. */
  private record Discard() implements Transfer {
    @Override
    public void send(PackedRecord record) {}

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }

  FunctionStubs(List<TrafficFile> files) {
    files.forEach(file -> this.files.put(file.name(), file.gzip()));
  }

  @Override
  public void initialize(GenericApplicationContext context) {
    context.registerBean(S3Client.class, () -> this);
    context.registerBean(RecordSink.class, () -> pipe -> new Discard());
    context.registerBean(FileLedger.class, InMemoryFileLedger::new);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
  }

  /** The datasets for the bare loop. */
  EnrichmentContext context() {
    return context;
  }

  /** Hands all notices to the function, of files that the ledger has not seen. */
  void nextRound(List<Message<?>> notices, Consumer<Message<?>> function) {
    round++;
    notices.forEach(function);
  }

  private byte[] file(String key) {
    return Objects.requireNonNull(files.get(key), key);
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    return HeadObjectResponse.builder()
        .eTag("\"" + round + "\"")
        .contentLength((long) file(request.key()).length)
        .build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    return new ResponseInputStream<>(
        GetObjectResponse.builder().build(),
        AbortableInputStream.create(new ByteArrayInputStream(file(request.key()))));
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}
}
