# SPDX-License-Identifier: Apache-2.0
# Long runs that no build has time for. Everything else is ./mvnw and ./aqueduct.
SECONDS ?= 60

.PHONY: fuzz
fuzz: ## every reader under Jazzer: make fuzz SECONDS=600
	.ci/fuzz $(SECONDS)
