// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** SDK clients of an endpoint. */
final class KinesisClients {
  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private KinesisClients() {}

  static KinesisClient sync(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(ANYONE)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** As the SDK builds it: HTTP/2 with prior knowledge, also to http. */
  static KinesisAsyncClient async(URI endpoint) {
    return KinesisAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(ANYONE)
        .httpClientBuilder(NettyNioAsyncHttpClient.builder())
        .build();
  }

  /** The asynchronous client behind the synchronous interface. */
  static KinesisClient waiting(KinesisAsyncClient async) {
    return (KinesisClient)
        Proxy.newProxyInstance(
            KinesisClient.class.getClassLoader(),
            new Class<?>[] {KinesisClient.class},
            (proxy, method, args) -> {
              if (method.isDefault()
                  && args != null
                  && !method.getParameterTypes()[0].getSimpleName().endsWith("Request")) {
                return java.lang.invoke.MethodHandles.privateLookupIn(
                        KinesisClient.class, java.lang.invoke.MethodHandles.lookup())
                    .unreflectSpecial(method, KinesisClient.class)
                    .bindTo(proxy)
                    .invokeWithArguments(args);
              }
              if (method.getName().equals("waiter")) {
                return software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter.builder()
                    .client((KinesisClient) proxy)
                    .build();
              }
              if (method.getName().endsWith("Paginator")) {
                return new software.amazon.awssdk.services.kinesis.paginators.ListStreamsIterable(
                    (KinesisClient) proxy,
                    (software.amazon.awssdk.services.kinesis.model.ListStreamsRequest) args[0]);
              }
              return join(async, method, args);
            });
  }

  private static Object join(
      KinesisAsyncClient async, java.lang.reflect.Method method, Object[] args) throws Throwable {
    try {
      Object answer =
          KinesisAsyncClient.class
              .getMethod(method.getName(), method.getParameterTypes())
              .invoke(async, args);
      return answer instanceof CompletableFuture<?> future ? future.join() : answer;
    } catch (CompletionException e) {
      throw e.getCause();
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
