// SPDX-License-Identifier: Apache-2.0
/** Turns the topology into CloudFormation templates and Kubernetes manifests. */
@NullMarked
package aqueduct.infrastructure;

import org.jspecify.annotations.NullMarked;
