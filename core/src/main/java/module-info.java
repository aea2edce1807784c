/** The protocol engine, the guard and the tools behind ports; exports what callers may use and nothing more. */
module io.breakwater.core {
    requires static transitive org.jspecify;
    requires transitive io.breakwater.ports;
    requires com.dashjoin.jsonata;
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    requires transitive micrometer.core;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.breakwater.core;
    exports io.breakwater.core.business.access;
    exports io.breakwater.core.business.database;
    exports io.breakwater.core.business.documents;
    exports io.breakwater.core.business.health;
    exports io.breakwater.core.business.processing;
    exports io.breakwater.core.presentation.catalog;
    exports io.breakwater.core.presentation.catalog.schema;
    exports io.breakwater.core.presentation.client;
    exports io.breakwater.core.presentation.guard;
    exports io.breakwater.core.execution;
}
