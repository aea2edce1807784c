/** The ports of Breakwater's hexagon: interfaces and values that depend on the JDK only. */
module io.breakwater.ports {
    requires static transitive org.jspecify;

    exports io.breakwater.port;
    exports io.breakwater.port.driving;
    exports io.breakwater.port.driven;
    exports io.breakwater.port.outage;
    exports io.breakwater.port.support;
}
