package io.breakwater.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.breakwater.core.rules.Plant;

/** For each architecture rule, a class that violates it, in the package that the rule covers. */
final class PlantedViolation {

    private PlantedViolation() {}

    /** The switch has no default: a new rule does not compile without its violation. */
    static JavaClasses against(ArchitectureRule rule) {
        return switch (rule) {
            case PORTS_DEPEND_ON_JDK_AND_JSPECIFY -> in("port", "org.slf4j.Logger log;");
            case STDIO_DEPENDS_ON_PORTS -> in("adapter.stdio", "org.slf4j.Logger log;");
            case HTTP_DEPENDS_ON_PORTS_AND_VERTX ->
                in("adapter.http", "io.breakwater.server.execution.ServerExecutors executors;");
            case MCP_DEPENDS_ON_PORTS_AND_SDK -> in("adapter.mcp", "io.vertx.core.Vertx vertx;");
            case POSTGRES_DEPENDS_ON_PORTS_AND_JDBC -> in("adapter.postgres", "io.vertx.core.Vertx vertx;");
            case REDIS_DEPENDS_ON_PORTS_AND_JEDIS -> in("adapter.redis", "java.util.List<dagger.Lazy<String>> lazy;");
            case CORE_DOES_NO_INPUT_OR_OUTPUT -> in("core.business.processing", "java.sql.Connection connection;");
            case CORE_DEPENDS_ON_PORTS_AND_IN_PROCESS_LIBRARIES ->
                in("core.data.health", "io.breakwater.adapter.stdio.StdioTransport transport;");
            case CORE_CREATES_THREADS_IN_ONE_PACKAGE -> in("server.mcp", "Thread own = new Thread(() -> {});");
            case PUBLIC_PACKAGES_DO_NOT_DEPEND_ON_BUSINESS_OR_DATA ->
                neighbours("server.mcp", "core.business.two", false);
            case PUBLIC_PACKAGES_DO_NOT_USE_DRIVEN_PORTS ->
                in("server.mcp", "io.breakwater.port.driven.CacheStore cache;");
            case CLIENT_USES_ONE_DRIVEN_PORT -> in("server.client", "io.breakwater.port.driven.CacheStore cache;");
            case INTERCEPTORS_USE_THE_PUBLIC_INTERFACE ->
                Plant.of("package io.breakwater.core.presentation.interceptor;"
                        + " class Planted implements io.breakwater.server.interceptor.Interceptor {"
                        + " io.breakwater.core.presentation.call.MethodHandler handler; }");
            case PUBLIC_PACKAGES_EXIST -> in("server.mcp", "");
            case BUSINESS_IS_INDEPENDENT -> in("core.business.processing", "org.slf4j.Logger log;");
            case FEATURES_DO_NOT_DEPEND_ON_EACH_OTHER -> neighbours("core.business.one", "core.business.two", false);
            case PRESENTATION_DOES_NOT_DEPEND_ON_DATA -> neighbours("core.presentation.one", "core.data.two", false);
            case DATA_DOES_NOT_DEPEND_ON_PRESENTATION -> neighbours("core.data.one", "core.presentation.two", false);
            case ONLY_BUSINESS_AND_DATA_USE_DRIVEN_PORTS ->
                in("core.presentation.call", "io.breakwater.port.driven.CacheStore cache;");
            case JACKSON_STAYS_IN_ITS_PACKAGES -> in("server.mcp", "tools.jackson.databind.JsonNode node;");
            case NETWORKNT_STAYS_IN_ITS_PACKAGE -> in("core.data.processing", "com.networknt.schema.Schema schema;");
            case JSONATA_STAYS_IN_ITS_PACKAGE -> in("core.validation", "com.dashjoin.jsonata.Jsonata expression;");
            case CAFFEINE_STAYS_IN_ITS_PACKAGES ->
                in("core.data.processing", "com.github.benmanes.caffeine.cache.Cache<String, String> cache;");
            case FAILSAFE_STAYS_IN_ITS_PACKAGE -> in("core.data.cache", "dev.failsafe.RetryPolicy<String> policy;");
            case MICROMETER_STAYS_IN_ITS_PACKAGE ->
                in("server.interceptor", "io.micrometer.core.instrument.Counter counter;");
            case DRIVER_INTERNALS_STAY_IN_THEIR_PACKAGE ->
                in("adapter.postgres.connection", "org.postgresql.core.NativeQuery query;");
            case HTTP_CONNECTS_TO_SERVICES_IN_ONE_PACKAGE ->
                in("adapter.http.identity", "java.net.http.HttpClient client;");
            case HTTP_READS_NO_URLS ->
                in(
                        "adapter.http.identity",
                        "Object keys(java.net.URL url) throws Exception { return url.openStream(); }");
            case DAGGER_STAYS_IN_WIRING -> in("server", "dagger.Lazy<String> lazy;");
            case INJECT_STAYS_IN_WIRING -> in("bootstrap.cli", "javax.inject.Provider<String> provider;");
            case BOOTSTRAP_USES_ONLY_EXPORTS_OF_CORE -> withStub("io.breakwater.server.secret", "bootstrap.wiring");
            case NO_SLEEP -> in("adapter.http", "void nap() throws Exception { Thread.sleep(1); }");
            case NO_LEGACY_DATES -> in("bootstrap.config", "java.util.Date when;");
            case NO_FIELD_INJECTION -> in("bootstrap.wiring", "@javax.inject.Inject String name;");
            case STATIC_FIELDS_ARE_FINAL -> in("server.execution", "static int count;");
            case STATIC_COLLECTIONS_ARE_IMMUTABLE ->
                in("core.data", "static final java.util.List<String> SEEN = new java.util.ArrayList<>();");
            case CONSOLE_STAYS_IN_ITS_CLASSES -> in("server.execution", "void say() { System.out.println(); }");
            case NO_PACKAGE_CYCLES -> neighbours("core.presentation.one", "core.presentation.two", true);
            case CONNECTING_PACKAGES_EXIST -> in("adapter.http", "");
            case NAMED_PACKAGES_CONTAIN_CLASSES -> in("core.presentation.call", "");
            case NAMED_LIBRARIES_ARE_USED -> in("core.presentation.json", "");
        };
    }

    /** Returns the text that the failure must contain, so that the rule fails for the right reason. */
    static String expectedText(ArchitectureRule rule) {
        return switch (rule) {
            case PUBLIC_PACKAGES_EXIST,
                    CONNECTING_PACKAGES_EXIST,
                    NAMED_PACKAGES_CONTAIN_CLASSES,
                    NAMED_LIBRARIES_ARE_USED -> "'a class ";
            default -> ".Planted";
        };
    }

    private static JavaClasses in(String name, String code) {
        return Plant.of("package io.breakwater.%s; class Planted { %s }".formatted(name, code));
    }

    /**
     * Returns two packages of which the first depends on the second, and the second on the first if the dependency is
     * mutual.
     */
    private static JavaClasses neighbours(String one, String two, boolean mutual) {
        return Plant.of(
                "package io.breakwater.%s; public class Planted { io.breakwater.%s.Other other; }".formatted(one, two),
                "package io.breakwater.%s; public class Other { %s }"
                        .formatted(two, mutual ? "io.breakwater." + one + ".Planted planted;" : ""));
    }

    /** Returns a class of a library that is not on the class path, and a class that uses it. */
    private static JavaClasses withStub(String there, String name) {
        return Plant.of(
                "package %s; public class Stub {}".formatted(there),
                "package io.breakwater.%s; class Planted { %s.Stub stub; }".formatted(name, there));
    }
}
