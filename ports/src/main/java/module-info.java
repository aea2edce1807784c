/** What crosses the border of Breakwater's hexagon: interfaces and values on the JDK alone. */
module io.breakwater.ports {
    requires static transitive org.jspecify;

    exports io.breakwater.port;
    exports io.breakwater.port.driving;
    exports io.breakwater.port.driven;
}
