# SPDX-License-Identifier: Apache-2.0
# Long runs that no build has time for, and what needs more than a JDK. Everything else is ./mvnw and ./aqueduct.
SECONDS ?= 60

.PHONY: fuzz
fuzz: ## every reader under Jazzer: make fuzz SECONDS=600
	.ci/fuzz $(SECONDS)

.PHONY: manifests check-manifests

# manifests/cloudformation and manifests/k8s from manifests/topology.yml and permissions.yml.
manifests:
	./mvnw -q -B -DskipFormat=true -DskipTests -pl manifests/infrastructure -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib
	java -cp "manifests/infrastructure/target/classes:manifests/infrastructure/target/lib/*" aqueduct.infrastructure.Manifests manifests

# Every resource and property of the templates against AWS's own schemas; needs node and npm.
check-manifests:
	mkdir -p target/checks && cd target/checks && npm install --silent --no-save @aws-cdk/aws-service-spec @aws-cdk/service-spec-types yaml
	cd target/checks && node ../../manifests/checks/cloudformation.mjs ../../manifests/cloudformation/*.yml

.PHONY: images base-image class-archives compose-test
IMAGES ?= embedded-servers,backup-fn,router-fn,streamify-fn,enrich-fn,quarantine-fn,fused-fn,aggregate-app,report-app,local-app
BASE = $(CURDIR)/target/images/base.tar

# An image of each element as target/images/*-image.tar: no Docker needed. The base comes from its registry, or from make base-image.
images:
	mkdir -p target/images
	./mvnw -B -q -DskipTests -DskipFormat=true -Pimages $(if $(wildcard $(BASE)),-Dimage.base=tar://$(BASE)) -pl $(IMAGES) -am package jib:buildTar

# For machines without a way to a registry: Debian and this JDK.
base-image:
	.ci/base-image

# The functions' images that are loaded, each with a class archive under the same name: make class-archives. docker load takes it away again.
class-archives:
	.ci/class-archives

# docker-compose.yml started with these images, real traffic through it, the report's counts compared; PROFILE=floci for floci as the AWS side.
compose-test:
	.ci/compose-test
