package io.breakwater.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.breakwater.bootstrap.architecture.Modules.ADAPTERS;
import static io.breakwater.bootstrap.architecture.Modules.BOOTSTRAP;
import static io.breakwater.bootstrap.architecture.Modules.CORE;
import static io.breakwater.bootstrap.architecture.Modules.NON_EMPTY_PACKAGES;
import static io.breakwater.bootstrap.architecture.Modules.PORTS;
import static io.breakwater.bootstrap.architecture.Modules.ROOT;
import static io.breakwater.bootstrap.architecture.Modules.SERVER;
import static io.breakwater.bootstrap.architecture.Modules.USED_LIBRARIES;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.breakwater.core.rules.CodingRules;
import io.breakwater.core.rules.IsolationRules;
import io.breakwater.core.rules.LayeringRules;
import io.breakwater.server.interceptor.Interceptor;

/**
 * The architecture rules, with the numbers of {@code docs/architecture.md}. {@link PlantedViolation} contains a
 * violation of each.
 */
enum ArchitectureRule {

    // 1. Ports depend on nothing.
    PORTS_DEPEND_ON_JDK_AND_JSPECIFY(known(PORTS, "java..", "org.jspecify..")),

    // 2. An adapter depends on the ports and its technology: not on core, not on bootstrap, not on another adapter.
    STDIO_DEPENDS_ON_PORTS(adapter("stdio")),
    // Nimbus verifies tokens.
    HTTP_DEPENDS_ON_PORTS_AND_VERTX(
            adapter("http", "io.vertx..", "io.netty..", "javax.net..", "com.nimbusds.jose..", "org.slf4j..")),
    // The SDK uses Reactor and Jackson.
    MCP_DEPENDS_ON_PORTS_AND_SDK(adapter(
            "mcp",
            "io.modelcontextprotocol..",
            "reactor..",
            "org.reactivestreams..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.slf4j..")),
    POSTGRES_DEPENDS_ON_PORTS_AND_JDBC(adapter(
            "postgres",
            "org.postgresql..",
            "com.github.benmanes.caffeine..",
            "com.zaxxer.hikari..",
            "org.flywaydb..",
            "javax.sql..",
            "javax.net..",
            "org.slf4j..")),
    REDIS_DEPENDS_ON_PORTS_AND_JEDIS(
            adapter("redis", "redis.clients..", "org.apache.commons.pool2..", "javax.net.ssl..", "org.slf4j..")),

    // 3. Core does no I/O and depends on no adapter; one package creates its threads.
    CORE_DOES_NO_INPUT_OR_OUTPUT(IsolationRules.under(CORE, SERVER).doesNoInputOrOutput()),
    CORE_DEPENDS_ON_PORTS_AND_IN_PROCESS_LIBRARIES(IsolationRules.under(CORE, SERVER)
            .dependsOnlyOn(
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..",
                    PORTS + "..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "com.networknt.schema..",
                    "com.dashjoin.jsonata..",
                    "com.github.benmanes.caffeine..",
                    "dev.failsafe..",
                    "io.micrometer.core..",
                    "org.slf4j..")),
    CORE_CREATES_THREADS_IN_ONE_PACKAGE(IsolationRules.under(CORE, SERVER).createsThreadsOnlyIn("execution")),

    // 4. Business contains the decisions, and depends on no technology.
    BUSINESS_IS_INDEPENDENT(LayeringRules.under(CORE).businessIsIndependent(resideInAPackage(SERVER + ".settings"))),
    FEATURES_DO_NOT_DEPEND_ON_EACH_OTHER(LayeringRules.under(CORE).featuresDoNotDependOnEachOther()),

    // The public packages contain definitions; only the builder, in their root, depends on the whole server.
    PUBLIC_PACKAGES_DO_NOT_DEPEND_ON_BUSINESS_OR_DATA(noClasses()
            .that()
            .resideInAPackage(SERVER + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE + ".business..", CORE + ".data..")
            .as("the public packages do not depend on business or data")),
    // The MCP client is a public package over one driven port, its transport.
    PUBLIC_PACKAGES_DO_NOT_USE_DRIVEN_PORTS(
            LayeringRules.under(SERVER).onlyBusinessAndDataUseDrivenPorts(PORTS + ".driven", "client")),
    CLIENT_USES_ONE_DRIVEN_PORT(noClasses()
            .that()
            .resideInAPackage(SERVER + ".client")
            .should()
            .dependOnClassesThat(resideInAPackage(PORTS + ".driven")
                    .and(INTERFACES)
                    .and(nameStartingWith(PORTS + ".driven.ClientTransport").negate()))
            .as("the client uses no driven port except its transport")),

    // An embedder can write every built-in interceptor.
    INTERCEPTORS_USE_THE_PUBLIC_INTERFACE(classes()
            .that()
            .resideInAPackage(CORE + ".presentation.interceptor")
            .and()
            .implement(Interceptor.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    PORTS + "..",
                    SERVER + "..",
                    CORE + ".metrics",
                    CORE + ".business.concurrency", // knows permits, and no calls
                    CORE + ".presentation.interceptor")
            .as("the built-in interceptors use the public interface of calls only")),

    // 5. Presentation and data depend on business, and not on each other.
    PRESENTATION_DOES_NOT_DEPEND_ON_DATA(LayeringRules.under(CORE).presentationDoesNotDependOnData()),
    DATA_DOES_NOT_DEPEND_ON_PRESENTATION(LayeringRules.under(CORE).dataDoesNotDependOnPresentation()),
    // A tool source is a catalog of tools already, so presentation reads it without business in between.
    ONLY_BUSINESS_AND_DATA_USE_DRIVEN_PORTS(
            LayeringRules.under(CORE).onlyBusinessAndDataUseDrivenPorts(PORTS + ".driven", "presentation.toolsource")),

    // 6. A library is used only in certain packages.
    JACKSON_STAYS_IN_ITS_PACKAGES(IsolationRules.under(CORE, SERVER)
            .usesLibraryOnlyIn(
                    "tools.jackson..",
                    "presentation.json",
                    "presentation.catalog",
                    "presentation.codec",
                    "validation",
                    "presentation.declared")),
    NETWORKNT_STAYS_IN_ITS_PACKAGE(
            IsolationRules.under(CORE, SERVER).usesLibraryOnlyIn("com.networknt.schema..", "validation")),
    JSONATA_STAYS_IN_ITS_PACKAGE(
            IsolationRules.under(CORE, SERVER).usesLibraryOnlyIn("com.dashjoin.jsonata..", "data.processing")),
    CAFFEINE_STAYS_IN_ITS_PACKAGES(IsolationRules.under(CORE, SERVER)
            .usesLibraryOnlyIn(
                    "com.github.benmanes.caffeine..",
                    "data.cache",
                    "data.authentication",
                    "data.session",
                    "data.ratelimit")),
    FAILSAFE_STAYS_IN_ITS_PACKAGE(
            IsolationRules.under(CORE, SERVER).usesLibraryOnlyIn("dev.failsafe..", "data.service")),
    // The builder takes the registry of Micrometer from the embedder.
    MICROMETER_STAYS_IN_ITS_PACKAGE(IsolationRules.under(CORE, SERVER)
            .usesLibraryOnlyIn("io.micrometer..", "metrics", IsolationRules.ROOT_PACKAGE_ONLY)),

    // The public API of the driver rewrites statements; one package sends them unchanged with the driver's internals.
    DRIVER_INTERNALS_STAY_IN_THEIR_PACKAGE(
            IsolationRules.under(ADAPTERS + ".postgres").usesLibraryOnlyIn("org.postgresql.core..", "pipeline")),

    // One package of the HTTP adapter connects to services, because it checks the addresses. The connections of the MCP
    // client lead where the user of the command line says.
    HTTP_CONNECTS_TO_SERVICES_IN_ONE_PACKAGE(OutboundRules.connectsOnlyIn("outbound", "client")),
    HTTP_READS_NO_URLS(OutboundRules.readsNoUrls()),

    // 7. Dagger connects the components of bootstrap, which creates core with its public builder.
    DAGGER_STAYS_IN_WIRING(IsolationRules.under(ROOT).usesLibraryOnlyIn("dagger..", "bootstrap.wiring")),
    INJECT_STAYS_IN_WIRING(IsolationRules.under(ROOT).usesLibraryOnlyIn("javax.inject..", "bootstrap.wiring")),
    BOOTSTRAP_USES_ONLY_EXPORTS_OF_CORE(noClasses()
            .that()
            .resideInAPackage(BOOTSTRAP + "..")
            .should()
            .dependOnClassesThat(describe("core does not export", type -> Modules.isInsideCore(type.getPackageName())))
            .as("bootstrap uses only the packages that core exports")),

    // 8. Rules for all code.
    NO_SLEEP(CodingRules.under(ROOT).neverSleeps()),
    NO_LEGACY_DATES(CodingRules.under(ROOT).usesNoLegacyDates()),
    NO_FIELD_INJECTION(CodingRules.under(ROOT).injectsNoFields()),
    STATIC_FIELDS_ARE_FINAL(CodingRules.under(ROOT).hasOnlyFinalStaticFields()),
    STATIC_COLLECTIONS_ARE_IMMUTABLE(CodingRules.under(ROOT).hasNoMutableStaticCollections()),
    CONSOLE_STAYS_IN_ITS_CLASSES(
            CodingRules.under(ROOT).usesConsoleOnlyIn(ADAPTERS + ".stdio.StdioTransport", BOOTSTRAP + ".cli.Main")),

    // 9. Packages do not depend on each other in cycles.
    NO_PACKAGE_CYCLES(LayeringRules.under(ROOT).hasNoPackageCycles()),

    // 10. A rule on no classes always holds, so the packages and libraries that rules name must exist.
    PUBLIC_PACKAGES_EXIST(LayeringRules.under(SERVER)
            .containsClassesIn("annotation", "client", "execution", "interceptor", "mcp", "schema", "settings")),
    CONNECTING_PACKAGES_EXIST(LayeringRules.under(ADAPTERS + ".http").containsClassesIn("outbound", "client")),
    NAMED_PACKAGES_CONTAIN_CLASSES(
            LayeringRules.under(CORE).containsClassesIn(NON_EMPTY_PACKAGES.toArray(String[]::new))),
    NAMED_LIBRARIES_ARE_USED(IsolationRules.under(CORE, SERVER).usesLibraries(USED_LIBRARIES.toArray(String[]::new)));

    @SuppressWarnings("ImmutableEnumChecker") // checking a rule does not change it
    private final ArchRule rule;

    ArchitectureRule(ArchRule rule) {
        this.rule = rule;
    }

    void check(JavaClasses classes) {
        rule.check(classes);
    }

    private static ArchRule adapter(String name, String... technology) {
        var known = new String[technology.length + 3];
        known[0] = "java..";
        known[1] = "org.jspecify..";
        known[2] = PORTS + "..";
        System.arraycopy(technology, 0, known, 3, technology.length);
        return known(ADAPTERS + "." + name, known);
    }

    private static ArchRule known(String root, String... packages) {
        return IsolationRules.under(root).dependsOnlyOn(packages);
    }
}
