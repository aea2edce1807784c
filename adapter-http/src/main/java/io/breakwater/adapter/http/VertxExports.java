package io.breakwater.adapter.http;

import io.breakwater.port.PortException;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Checks that this adapter may use the packages of Vert.x that it needs. On the class path it always may. On the module
 * path Vert.x exports some of them to its own tests only, and without the flags of the message every connection would
 * fail at its first request.
 */
final class VertxExports {
    /** The decoder for requests in HTTP/1.1. */
    static final String DECODER = "io.vertx.core.http.impl.http1";

    /** The handler that chooses between HTTP/1.1 and HTTP/2. */
    static final String UPGRADE = "io.vertx.core.http.impl.tcp";

    /** Connections and key stores. */
    static final String NET = "io.vertx.core.net.impl";

    private VertxExports() {}

    /**
     * Checks these packages of Vert.x.
     *
     * @throws PortException.RefusedException when the adapter may not use one of them; the message has the flags
     */
    static void check(String... packages) {
        check(Vertx.class.getModule(), VertxExports.class.getModule(), packages);
    }

    /** Checks that one module exports these packages to the other. */
    static void check(Module from, Module to, String... packages) {
        var name = to.isNamed() ? to.getName() : "ALL-UNNAMED";
        var flags = Arrays.stream(packages)
                .filter(one -> !from.isExported(one, to))
                .map(one -> " --add-exports " + from.getName() + "/" + one + "=" + name)
                .collect(Collectors.joining());
        if (!flags.isEmpty()) {
            throw new PortException.RefusedException(
                    "The module " + from.getName() + " does not export packages that the HTTP adapter needs. Start Java"
                            + " with" + flags,
                    null);
        }
    }
}
