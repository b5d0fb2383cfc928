// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.map;

import aqueduct.topology.Element;
import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A topology -> the function elements as deployments of Kubernetes, for those who run there. Each
 * has a service account (bind the element's role to it), is not root, writes on /tmp alone, and is
 * scaled by the cluster's own means.
 */
public final class Kubernetes {
  private static final String IMAGES = "aqueduct";
  private final List<Object> documents = new ArrayList<>();

  private Kubernetes() {}

  public static String yaml(Topology topology) {
    Kubernetes kubernetes = new Kubernetes();
    topology
        .elements()
        .forEach(
            (name, element) -> {
              if (element.with().isEmpty() && element.runsOn() != RunsOn.EMR) {
                kubernetes.element(name, element);
              }
            });
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return "# SPDX-License-Identifier: Apache-2.0\n# Made from manifests/topology.yml: change that, then run make manifests.\n---\n"
        + new Yaml(options).dumpAll(kubernetes.documents.iterator());
  }

  private static Map<String, Object> meta(String name) {
    return map(
        "name",
        name,
        "labels",
        map("app.kubernetes.io/name", name, "app.kubernetes.io/part-of", "aqueduct"));
  }

  private void element(String name, Element element) {
    documents.add(map("apiVersion", "v1", "kind", "ServiceAccount", "metadata", meta(name)));
    Map<String, Object> selector = map("matchLabels", map("app.kubernetes.io/name", name));
    documents.add(
        map(
            "apiVersion",
            "apps/v1",
            "kind",
            "Deployment",
            "metadata",
            meta(name),
            "spec",
            map(
                "replicas",
                1,
                "selector",
                selector,
                "template",
                map("metadata", meta(name), "spec", pod(name, element)))));
    documents.add(
        map(
            "apiVersion",
            "policy/v1",
            "kind",
            "PodDisruptionBudget",
            "metadata",
            meta(name),
            "spec",
            map("maxUnavailable", 1, "selector", selector)));
  }

  private static Map<String, Object> pod(String name, Element element) {
    String memory = Math.max(768, element.memory().toMegabytes()) + "Mi";
    Map<String, Object> container =
        map(
            "name", name,
            "image", IMAGES + "/" + Functions.artifact(name, element) + ":0.1.0",
            "envFrom", List.of(map("configMapRef", map("name", "aqueduct"))),
            "resources",
                map(
                    "requests", map("cpu", "500m", "memory", memory),
                    "limits", map("memory", memory)),
            "securityContext",
                map(
                    "runAsNonRoot", true,
                    "runAsUser", 1000,
                    "readOnlyRootFilesystem", true,
                    "allowPrivilegeEscalation", false,
                    "capabilities", map("drop", List.of("ALL"))),
            "volumeMounts", List.of(map("name", "tmp", "mountPath", "/tmp")));
    return map(
        "serviceAccountName", name.toLowerCase(Locale.ROOT),
        "terminationGracePeriodSeconds", 60,
        "securityContext", map("seccompProfile", map("type", "RuntimeDefault")),
        "containers", List.of(container),
        "volumes", List.of(map("name", "tmp", "emptyDir", map())));
  }
}
