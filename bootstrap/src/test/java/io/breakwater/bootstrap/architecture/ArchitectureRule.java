package io.breakwater.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.breakwater.bootstrap.architecture.Modules.ADAPTERS;
import static io.breakwater.bootstrap.architecture.Modules.BOOTSTRAP;
import static io.breakwater.bootstrap.architecture.Modules.CORE;
import static io.breakwater.bootstrap.architecture.Modules.INHABITED;
import static io.breakwater.bootstrap.architecture.Modules.PORTS;
import static io.breakwater.bootstrap.architecture.Modules.ROOT;
import static io.breakwater.bootstrap.architecture.Modules.SERVER;
import static io.breakwater.bootstrap.architecture.Modules.USED;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.breakwater.core.rules.HabitRules;
import io.breakwater.core.rules.IsolationRules;
import io.breakwater.core.rules.LayeringRules;

/**
 * The rules of the house, as {@code docs/architecture.md} numbers them. {@link PlantedViolation} holds a violation of
 * each.
 */
enum ArchitectureRule {

    // 1. Ports depend on nothing.
    PORTS_KNOW_THE_JDK_AND_JSPECIFY(known(PORTS, "java..", "org.jspecify..")),

    // 2. An adapter depends on the ports and its technology: not on core, not on bootstrap, not on another adapter.
    STDIO_KNOWS_PORTS(adapter("stdio")),
    HTTP_KNOWS_PORTS_AND_VERTX(adapter("http", "io.vertx..", "io.netty..", "javax.net..", "org.slf4j..")),
    // The SDK speaks Reactor and Jackson.
    MCP_KNOWS_PORTS_AND_THE_SDK(adapter(
            "mcp",
            "io.modelcontextprotocol..",
            "reactor..",
            "org.reactivestreams..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.slf4j..")),
    POSTGRES_KNOWS_PORTS_AND_JDBC(adapter(
            "postgres",
            "org.postgresql..",
            "com.github.benmanes.caffeine..",
            "com.zaxxer.hikari..",
            "org.flywaydb..",
            "javax.sql..",
            "javax.net..",
            "org.slf4j..")),
    REDIS_KNOWS_PORTS_AND_JEDIS(
            adapter("redis", "redis.clients..", "org.apache.commons.pool2..", "javax.net.ssl..", "org.slf4j..")),

    // 3. Core does no I/O and knows no adapter; one room makes its threads.
    CORE_DOES_NO_INPUT_OR_OUTPUT(IsolationRules.under(CORE, SERVER).doesNoInputOrOutput()),
    CORE_KNOWS_PORTS_AND_LIBRARIES_THAT_STAY_IN_THE_PROCESS(IsolationRules.under(CORE, SERVER)
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
    CORE_MAKES_THREADS_IN_ONE_ROOM(IsolationRules.under(CORE, SERVER).makesThreadsOnlyIn("execution")),

    // 4. Business decides, and depends on nobody's technology.
    BUSINESS_KEEPS_TO_ITSELF(LayeringRules.under(CORE).businessKeepsToItself(resideInAPackage(SERVER + ".settings"))),
    FEATURES_DO_NOT_SEE_EACH_OTHER(LayeringRules.under(CORE).featuresDoNotSeeEachOther()),

    // The packages that embedders import hold definitions; the builder alone, in the root, knows how a server is made.
    PUBLIC_PACKAGES_DO_NOT_SEE_BUSINESS_OR_DATA(noClasses()
            .that()
            .resideInAPackage(SERVER + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CORE + ".business..", CORE + ".data..")
            .as("the public packages do not see business or data")),
    PUBLIC_PACKAGES_DO_NOT_TOUCH_DRIVEN_PORTS(
            LayeringRules.under(SERVER).drivenPortsAreTouchedOnlyByData(PORTS + ".driven")),

    // 5. Presentation and data meet in business only.
    PRESENTATION_DOES_NOT_SEE_DATA(LayeringRules.under(CORE).presentationDoesNotSeeData()),
    DATA_DOES_NOT_SEE_PRESENTATION(LayeringRules.under(CORE).dataDoesNotSeePresentation()),
    ONLY_DATA_TOUCHES_DRIVEN_PORTS(LayeringRules.under(CORE).drivenPortsAreTouchedOnlyByData(PORTS + ".driven")),

    // 6. A library is known where it was brought in for.
    JACKSON_STAYS_IN_ITS_ROOMS(IsolationRules.under(CORE, SERVER)
            .knowsOnlyIn(
                    "tools.jackson..",
                    "presentation.json",
                    "presentation.catalog",
                    "presentation.codec",
                    "validation",
                    "presentation.declared",
                    "data.processing")),
    CAFFEINE_STAYS_IN_ITS_ROOMS(IsolationRules.under(CORE, SERVER)
            .knowsOnlyIn("com.github.benmanes.caffeine..", "data.cache", "data.access", "data.session")),
    FAILSAFE_STAYS_IN_ITS_ROOM(IsolationRules.under(CORE, SERVER).knowsOnlyIn("dev.failsafe..", "data.service")),
    // The builder names Micrometer's registry once: who embeds a server hands it over.
    MICROMETER_STAYS_IN_ITS_ROOM(
            IsolationRules.under(CORE, SERVER).knowsOnlyIn("io.micrometer..", "metrics", IsolationRules.ROOT_ALONE)),

    // The driver rewrites what goes through its public face; one room sends statements past it, letter for letter.
    DRIVER_INTERNALS_STAY_IN_THEIR_ROOM(
            IsolationRules.under(ADAPTERS + ".postgres").knowsOnlyIn("org.postgresql.core..", "pipeline")),

    // 7. Dagger wires the outside, and core is built through its public builder.
    DAGGER_STAYS_IN_WIRING(IsolationRules.under(ROOT).knowsOnlyIn("dagger..", "bootstrap.wiring")),
    INJECT_STAYS_IN_WIRING(IsolationRules.under(ROOT).knowsOnlyIn("javax.inject..", "bootstrap.wiring")),
    BOOTSTRAP_SEES_ONLY_WHAT_CORE_EXPORTS(noClasses()
            .that()
            .resideInAPackage(BOOTSTRAP + "..")
            .should()
            .dependOnClassesThat(describe("core keeps to itself", type -> Modules.isInsideCore(type.getPackageName())))
            .as("bootstrap sees only the packages that core exports")),

    // 8. What is not done anywhere.
    NOBODY_SLEEPS(HabitRules.under(ROOT).neverSleeps()),
    NOBODY_USES_OLD_DATES(HabitRules.under(ROOT).usesNoOldDates()),
    NOBODY_INJECTS_FIELDS(HabitRules.under(ROOT).injectsNoFields()),
    NO_STATIC_CHANGES(HabitRules.under(ROOT).hasNoChangingStatics()),
    NO_STATIC_COLLECTION_IS_MUTABLE(HabitRules.under(ROOT).hasNoMutableStaticCollections()),
    THE_CONSOLE_BELONGS_TO_FEW(
            HabitRules.under(ROOT).usesTheConsoleOnlyIn(ADAPTERS + ".stdio.StdioTransport", BOOTSTRAP + ".cli.Main")),

    // 9. No two packages lean on each other.
    NO_PACKAGE_CYCLES(LayeringRules.under(ROOT).hasNoPackageCycles()),

    // 10. A rule about nobody holds whatever is written.
    PUBLIC_PACKAGES_EXIST(
            LayeringRules.under(SERVER).isInhabited("client", "execution", "interceptor", "mcp", "schema", "settings")),
    THE_ROOMS_OF_CORE_ARE_INHABITED(LayeringRules.under(CORE).isInhabited(INHABITED.toArray(String[]::new))),
    THE_LIBRARIES_OF_CORE_ARE_USED(IsolationRules.under(CORE, SERVER).knows(USED.toArray(String[]::new)));

    @SuppressWarnings("ImmutableEnumChecker") // a rule says what must hold; checking it does not change it
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
