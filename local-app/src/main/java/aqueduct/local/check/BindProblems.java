// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** A failed binding -> problems in words that name property, value and what is allowed. */
final class BindProblems {
  private static final Map<Class<?>, String> ALLOWED =
      Map.of(
          Duration.class, "must be a duration such as 500ms, 30s, 5m or 12h",
          DataSize.class, "must be a size such as 512KB, 64MB or 5GB",
          boolean.class, "must be true or false",
          int.class, "must be a whole number",
          long.class, "must be a whole number",
          double.class, "must be a number");

  private BindProblems() {}

  static List<Problem> of(BindException e, Bindable<?> section) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof BindValidationException invalid) return invalid(invalid);
      if (cause instanceof UnboundConfigurationPropertiesException unbound) {
        return unbound.getUnboundProperties().stream().map(p -> unknown(p, section)).toList();
      }
    }
    return List.of(unreadable(e));
  }

  private static Problem unreadable(BindException e) {
    ConfigurationProperty property = e.getProperty();
    Class<?> type = e.getTarget().getType().resolve(Object.class);
    return new Problem(
        property == null ? "" : Places.of(property.getOrigin()),
        e.getName().toString(),
        property == null ? "" : String.valueOf(property.getValue()),
        ALLOWED.getOrDefault(type, "cannot be read as " + type.getSimpleName()));
  }

  private static Problem unknown(ConfigurationProperty property, Bindable<?> section) {
    Class<?> type = section.getType().resolve(Object.class);
    String known =
        type.isRecord()
            ? "; here there are "
                + Arrays.stream(type.getRecordComponents())
                    .map(component -> dashed(component.getName()))
                    .collect(Collectors.joining(", "))
            : "";
    return new Problem(
        Places.of(property.getOrigin()),
        property.getName().toString(),
        String.valueOf(property.getValue()),
        "there is no such setting" + known);
  }

  private static List<Problem> invalid(BindValidationException e) {
    List<Problem> problems = new ArrayList<>();
    for (ObjectError error : e.getValidationErrors()) {
      problems.add(invalid(error));
    }
    return problems;
  }

  private static Problem invalid(ObjectError error) {
    String field = error instanceof FieldError e ? "." + dashed(e.getField()) : "";
    Object value = error instanceof FieldError e ? e.getRejectedValue() : null;
    return new Problem(
        Places.of(Origin.from(error)),
        error.getObjectName() + field,
        text(value),
        String.valueOf(error.getDefaultMessage()));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Duration duration)
      return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    return value == null ? "" : value.toString();
  }

  private static String dashed(String field) {
    return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
