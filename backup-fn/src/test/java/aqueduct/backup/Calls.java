// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sees every call of a client, and can end the worker before or after the effect of one of them.
 */
final class Calls implements ExecutionInterceptor {
  final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger number = new AtomicInteger();
  private int killAt = -1;
  private boolean afterEffect;
  private volatile Hook before = call -> {};
  private volatile Answer answer = (call, attempt) -> Optional.empty();
  private final AtomicInteger attempts = new AtomicInteger();

  interface Hook {
    void on(String operation);
  }

  interface Answer {
    /** A status which the server is made to answer instead of its own. */
    Optional<Integer> to(String operation, int attempt);
  }

  /** The worker's end. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed(String where) {
      super(where);
    }
  }

  static Calls killedAt(int call, boolean afterEffect) {
    Calls calls = new Calls();
    calls.killAt = call;
    calls.afterEffect = afterEffect;
    return calls;
  }

  static Calls before(Hook hook) {
    Calls calls = new Calls();
    calls.before = hook;
    return calls;
  }

  static Calls answering(Answer answer) {
    Calls calls = new Calls();
    calls.answer = answer;
    return calls;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String operation = operation(attributes);
    begun.add(operation);
    before.on(operation);
    if (number.getAndIncrement() == killAt && !afterEffect) {
      throw new Killed("before " + operation);
    }
    if (killAt >= 0 && number.get() - 1 > killAt) {
      throw new Killed("dead already at " + operation);
    }
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    @Nullable Integer status =
        answer.to(operation(attributes), attempts.incrementAndGet()).orElse(null);
    return status == null
        ? context.httpResponse()
        : context.httpResponse().toBuilder().statusCode(status).build();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    done.add(operation(attributes));
    if (number.get() - 1 == killAt && afterEffect) {
      throw new Killed("after " + operation(attributes));
    }
  }

  int count() {
    return begun.size();
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }
}
