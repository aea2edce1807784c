/** The protocol engine, the guard and the tools behind ports; exports what callers may use and nothing more. */
module io.breakwater.core {
    requires static transitive org.jspecify;
    requires transitive io.breakwater.ports;
    requires com.dashjoin.jsonata;
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    requires dev.failsafe.core;
    requires transitive micrometer.core;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.breakwater.server;
    exports io.breakwater.server.annotation;
    exports io.breakwater.server.client;
    exports io.breakwater.server.execution;
    exports io.breakwater.server.interceptor;
    exports io.breakwater.server.mcp;
    exports io.breakwater.server.schema;
    exports io.breakwater.server.settings;
}
