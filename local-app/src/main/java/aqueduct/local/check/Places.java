// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;

/** A property -> file and line where it stands. */
final class Places {
  private final ConfigurableEnvironment environment;

  Places(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  String of(String property) {
    String place = of(ConfigurationPropertyName.of(property));
    return place.isEmpty() && !property.endsWith("]") ? of(property + "[0]") : place;
  }

  private String of(ConfigurationPropertyName name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty found = source.getConfigurationProperty(name);
      if (found != null) return of(found.getOrigin());
    }
    return "";
  }

  static String of(@Nullable Origin origin) {
    if (origin instanceof OriginProvider wrapped) return of(wrapped.getOrigin());
    if (!(origin instanceof TextResourceOrigin text) || text.getLocation() == null) {
      return origin == null ? "" : origin.toString();
    }
    String file = text.getResource() == null ? "" : text.getResource().getFilename();
    return file + ":" + (text.getLocation().getLine() + 1);
  }
}
