// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import aqueduct.aggregate.AggregateProperties;
import aqueduct.backup.BackupProperties;
import aqueduct.count.CountProperties;
import aqueduct.enrich.EnrichProperties;
import aqueduct.local.retention.RetentionRules;
import aqueduct.local.system.Topology;
import aqueduct.quarantine.QuarantineProperties;
import aqueduct.report.ReportProperties;
import aqueduct.router.RouterProperties;
import aqueduct.stores.ReadLimitsProperties;
import aqueduct.stores.StoresProperties;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.streamify.RealtimeProperties;
import aqueduct.streamify.StreamifyProperties;
import aqueduct.topology.Element;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/** Every property under {@code aqueduct} -> known and in its range, or a problem. */
final class PropertyCheck {
  private static final String ROOT = "aqueduct.";

  /** Within another section, and with properties of its own. */
  private static final String REALTIME = "streamify.realtime";

  private static final Map<String, Bindable<?>> SECTIONS = sections();
  private final ConfigurableEnvironment environment;
  private final Places places;

  PropertyCheck(ConfigurableEnvironment environment) {
    this.environment = environment;
    places = new Places(environment);
  }

  private static Map<String, Bindable<?>> sections() {
    Map<String, Bindable<?>> sections = new LinkedHashMap<>();
    sections.put("pipe-prefix", Bindable.of(String.class));
    sections.put("buckets", Bindable.mapOf(String.class, Topology.Bucket.class));
    sections.put("pipes", Bindable.mapOf(String.class, Topology.Pipe.class));
    sections.put("elements", Bindable.mapOf(String.class, Element.class));
    sections.put("retention", Bindable.of(RetentionRules.class));
    sections.put("ledger", Bindable.of(StoresProperties.Ledger.class));
    sections.put("read-limits", Bindable.of(ReadLimitsProperties.class));
    sections.put("backup", Bindable.of(BackupProperties.class));
    sections.put("router", Bindable.of(RouterProperties.class));
    sections.put("streamify", Bindable.of(StreamifyProperties.class));
    sections.put(REALTIME, Bindable.of(RealtimeProperties.class));
    sections.put("enrich", Bindable.of(EnrichProperties.class));
    sections.put("enrichment", Bindable.of(EnrichmentProperties.class));
    sections.put("quarantine", Bindable.of(QuarantineProperties.class));
    sections.put("count", Bindable.of(CountProperties.class));
    sections.put("aggregate", Bindable.of(AggregateProperties.class));
    sections.put("report", Bindable.of(ReportProperties.class));
    sections.put("correction", Bindable.mapOf(String.class, Object.class)); // checked by itself
    return sections;
  }

  List<Problem> problems() {
    List<Problem> problems = unknownSections();
    try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
      BindHandler handler = handler(new SpringValidatorAdapter(validators.getValidator()));
      SECTIONS.forEach((name, type) -> bind(ROOT + name, type, handler, problems));
    }
    return problems;
  }

  /** Unknown properties are looked for in files only: the environment has names of its own. */
  private static BindHandler handler(Validator validator) {
    return new ValidationBindHandler(
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, PropertyCheck::isFile), validator);
  }

  private static boolean isFile(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource;
  }

  private void bind(String name, Bindable<?> type, BindHandler handler, List<Problem> problems) {
    try {
      if (type.getType().resolve() == Map.class) binder(name).bind(name, type, handler);
      else binder(name).bindOrCreate(name, type, handler);
    } catch (BindException e) {
      BindProblems.of(e, type).forEach(problem -> problems.add(ofItsOwn(problem)));
    }
  }

  /** Sees nothing of the section within the section. */
  private Binder binder(String name) {
    ConfigurationPropertyName inner = ConfigurationPropertyName.of(ROOT + REALTIME);
    if (!ConfigurationPropertyName.of(name).isAncestorOf(inner)) return Binder.get(environment);
    return new Binder(
        StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
            .map(
                source ->
                    source.filter(
                        property -> !inner.equals(property) && !inner.isAncestorOf(property)))
            .toList(),
        new PropertySourcesPlaceholdersResolver(environment));
  }

  /** A rule over several properties names in its message the one that it is about. */
  private Problem ofItsOwn(Problem problem) {
    if (!problem.wrong().startsWith(ROOT)) return problem;
    String[] words = problem.wrong().split(" ", 2);
    String value = environment.getProperty(words[0], "");
    return new Problem(places.of(words[0]), words[0], value, words[1]);
  }

  private List<Problem> unknownSections() {
    TreeSet<String> unknown = new TreeSet<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (!(source instanceof OriginTrackedMapPropertySource file)) continue;
      for (String name : file.getPropertyNames()) {
        if (name.startsWith(ROOT) && !SECTIONS.containsKey(section(name))) unknown.add(name);
      }
    }
    return new ArrayList<>(
        unknown.stream()
            .map(
                name ->
                    new Problem(
                        places.of(name),
                        name,
                        String.valueOf(environment.getProperty(name)),
                        "there is no such setting; under aqueduct there are "
                            + String.join(", ", SECTIONS.keySet())))
            .toList());
  }

  private static String section(String name) {
    return ConfigurationPropertyName.adapt(name, '.')
        .getElement(1, ConfigurationPropertyName.Form.DASHED);
  }
}
