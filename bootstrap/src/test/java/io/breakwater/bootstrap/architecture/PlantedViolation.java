package io.breakwater.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.breakwater.core.rules.Plant;

/** For every rule of the house a class that breaks it, in the very package that the rule is about. */
final class PlantedViolation {

    private PlantedViolation() {}

    /** The switch has no default: a new rule does not compile without its violation. */
    static JavaClasses against(ArchitectureRule rule) {
        return switch (rule) {
            case PORTS_KNOW_THE_JDK_AND_JSPECIFY -> in("port", "org.slf4j.Logger log;");
            case STDIO_KNOWS_PORTS -> in("adapter.stdio", "org.slf4j.Logger log;");
            case HTTP_KNOWS_PORTS_AND_VERTX ->
                in("adapter.http", "io.breakwater.server.execution.ServerExecutors lanes;");
            case MCP_KNOWS_PORTS_AND_THE_SDK -> in("adapter.mcp", "io.vertx.core.Vertx vertx;");
            case POSTGRES_KNOWS_PORTS_AND_JDBC -> in("adapter.postgres", "io.vertx.core.Vertx vertx;");
            case REDIS_KNOWS_PORTS_AND_JEDIS -> in("adapter.redis", "java.util.List<dagger.Lazy<String>> lazy;");
            case CORE_DOES_NO_INPUT_OR_OUTPUT -> in("core.business.processing", "java.sql.Connection connection;");
            case CORE_KNOWS_PORTS_AND_LIBRARIES_THAT_STAY_IN_THE_PROCESS ->
                in("core.data.health", "io.breakwater.adapter.stdio.StdioTransport transport;");
            case CORE_MAKES_THREADS_IN_ONE_ROOM -> in("server.mcp", "Thread own = new Thread(() -> {});");
            case PUBLIC_PACKAGES_DO_NOT_SEE_BUSINESS_OR_DATA -> neighbours("server.mcp", "core.business.two", false);
            case PUBLIC_PACKAGES_DO_NOT_TOUCH_DRIVEN_PORTS ->
                in("server.mcp", "io.breakwater.port.driven.CacheStore cache;");
            case PUBLIC_PACKAGES_EXIST -> in("server.mcp", "");
            case BUSINESS_KEEPS_TO_ITSELF -> in("core.business.processing", "org.slf4j.Logger log;");
            case FEATURES_DO_NOT_SEE_EACH_OTHER -> neighbours("core.business.one", "core.business.two", false);
            case PRESENTATION_DOES_NOT_SEE_DATA -> neighbours("core.presentation.one", "core.data.two", false);
            case DATA_DOES_NOT_SEE_PRESENTATION -> neighbours("core.data.one", "core.presentation.two", false);
            case ONLY_DATA_TOUCHES_DRIVEN_PORTS ->
                in("core.presentation.call", "io.breakwater.port.driven.CacheStore cache;");
            case JACKSON_STAYS_IN_ITS_ROOMS -> in("server.mcp", "tools.jackson.databind.JsonNode node;");
            case CAFFEINE_STAYS_IN_ITS_ROOMS ->
                in("core.data.processing", "com.github.benmanes.caffeine.cache.Cache<String, String> cache;");
            case FAILSAFE_STAYS_IN_ITS_ROOM -> withStub("dev.failsafe", "core.data.cache");
            case MICROMETER_STAYS_IN_ITS_ROOM ->
                in("server.interceptor", "io.micrometer.core.instrument.Counter counter;");
            case DRIVER_INTERNALS_STAY_IN_THEIR_ROOM ->
                in("adapter.postgres.connection", "org.postgresql.core.NativeQuery query;");
            case DAGGER_STAYS_IN_WIRING -> in("server", "dagger.Lazy<String> lazy;");
            case INJECT_STAYS_IN_WIRING -> in("bootstrap.cli", "javax.inject.Provider<String> provider;");
            case BOOTSTRAP_SEES_ONLY_WHAT_CORE_EXPORTS -> withStub("io.breakwater.server.secret", "bootstrap.wiring");
            case NOBODY_SLEEPS -> in("adapter.http", "void nap() throws Exception { Thread.sleep(1); }");
            case NOBODY_USES_OLD_DATES -> in("bootstrap.config", "java.util.Date when;");
            case NOBODY_INJECTS_FIELDS -> in("bootstrap.wiring", "@javax.inject.Inject String name;");
            case NO_STATIC_CHANGES -> in("server.execution", "static int count;");
            case NO_STATIC_COLLECTION_IS_MUTABLE ->
                in("core.data", "static final java.util.List<String> SEEN = new java.util.ArrayList<>();");
            case THE_CONSOLE_BELONGS_TO_FEW -> in("server.execution", "void say() { System.out.println(); }");
            case NO_PACKAGE_CYCLES -> neighbours("core.presentation.one", "core.presentation.two", true);
            case THE_ROOMS_OF_CORE_ARE_INHABITED -> in("core.presentation.call", "");
            case THE_LIBRARIES_OF_CORE_ARE_USED -> in("core.presentation.json", "");
        };
    }

    /** What the broken rule must point at: it has to break for the reason it was made for. */
    static String nameOfTheCulprit(ArchitectureRule rule) {
        return switch (rule) {
            case PUBLIC_PACKAGES_EXIST, THE_ROOMS_OF_CORE_ARE_INHABITED, THE_LIBRARIES_OF_CORE_ARE_USED -> "'somebody ";
            default -> ".Planted";
        };
    }

    private static JavaClasses in(String room, String code) {
        return Plant.of("package io.breakwater.%s; class Planted { %s }".formatted(room, code));
    }

    /** Two rooms of which the first leans on the second, and the second on the first if they lean on each other. */
    private static JavaClasses neighbours(String one, String two, boolean mutually) {
        return Plant.of(
                "package io.breakwater.%s; public class Planted { io.breakwater.%s.Other other; }".formatted(one, two),
                "package io.breakwater.%s; public class Other { %s }"
                        .formatted(two, mutually ? "io.breakwater." + one + ".Planted planted;" : ""));
    }

    /** A class of something that is not on the class path, and one that uses it. */
    private static JavaClasses withStub(String there, String room) {
        return Plant.of(
                "package %s; public class Stub {}".formatted(there),
                "package io.breakwater.%s; class Planted { %s.Stub stub; }".formatted(room, there));
    }
}
