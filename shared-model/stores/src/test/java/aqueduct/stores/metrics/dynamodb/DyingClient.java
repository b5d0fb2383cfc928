// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client whose process dies at its n-th call, before the call has its effect or after, and makes
 * no call from then on.
 */
final class DyingClient {
  private final DynamoDbClient real;
  private final int last;
  private final boolean effect;
  private final AtomicInteger calls = new AtomicInteger();

  DyingClient(DynamoDbClient real, int last, boolean effect) {
    this.real = real;
    this.last = last;
    this.effect = effect;
  }

  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::on);
  }

  private Object on(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean call = arguments != null && arguments.length == 1 && arguments[0] instanceof Consumer;
    int number = call ? calls.getAndIncrement() : -1;
    if (call && (number > last || number == last && !effect)) {
      throw new Died();
    }
    try {
      Object answer = method.invoke(real, arguments);
      if (number == last) {
        throw new Died();
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
