// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.infrastructure.Grant;
import aqueduct.infrastructure.Permissions;
import aqueduct.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The calls that an element's process really made, in its container and on Lambda, are those that
 * its role of the templates allows: none missing, none unused.
 */
class RolesTest {

  @ParameterizedTest
  @ValueSource(strings = {"backup", "router", "streamify", "enrich", "quarantine"})
  void a_role_allows_what_the_element_calls_and_nothing_else(String element) throws Exception {
    var runs = Runs.of(Scenarios.of(element));
    assertThat(runs.get(Scenarios.of(element).onLambda()).calls())
        .as("on Lambda")
        .isEqualTo(allowed(element, World.topology()));
    assertThat(runs.get(Form.CONTAINER).calls())
        .as("in a container")
        .isEqualTo(allowed(element, World.topology("on-ecs.yml")));
  }

  private static Set<String> allowed(String element, Topology topology) throws Exception {
    Permissions permissions = World.permissions();
    Set<String> allowed = new TreeSet<>();
    List<Grant> grants = permissions.usual(element, topology);
    for (Grant grant : grants) {
      for (String action : grant.actions()) {
        allowed.add(grant.service() + ":" + grant.resource() + " " + action);
      }
    }
    return allowed;
  }
}
