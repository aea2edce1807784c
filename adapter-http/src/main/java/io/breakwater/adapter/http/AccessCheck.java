package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource.Access;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Decides from the head of a request whether its sender may use an HTTP resource. The checks of Host and Origin come
 * before, and the body is read after.
 */
@FunctionalInterface
interface AccessCheck {
    /** Every sender may use the resource. */
    AccessCheck OPEN = (exchange, allowed) -> allowed.run();

    /** Calls {@code allowed}, at once or later on the event loop, or refuses the exchange. */
    void check(HttpExchange exchange, Runnable allowed);

    /** The checks of a listener. */
    @FunctionalInterface
    interface Factory {
        /** Returns the check for resources with this access. */
        AccessCheck of(Access access);
    }

    /** The checks of the public listener, which knows no management key. */
    static AccessCheck ofPublic(Access access) {
        return switch (access) {
            case Access.Probe probe -> OPEN;
            case Access.Public open -> OPEN;
            case Access.Management management -> REFUSED;
        };
    }

    /**
     * The checks of the management listener.
     *
     * @param local whether only this machine can reach the listener
     */
    static Factory ofManagement(ManagementKey key, boolean local) {
        AccessCheck withKey = (exchange, allowed) -> {
            if (presents(exchange.request, key)) {
                allowed.run();
            } else {
                refuse(exchange);
            }
        };
        return access -> switch (access) {
            case Access.Probe probe -> OPEN;
            case Access.Public open -> local ? OPEN : withKey;
            case Access.Management management -> withKey;
        };
    }

    /** A check that no sender passes. */
    AccessCheck REFUSED = (exchange, allowed) -> refuse(exchange);

    private static void refuse(HttpExchange exchange) {
        exchange.response.putHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"management\"");
        exchange.refuse(RequestRejection.MANAGEMENT_KEY);
    }

    /** Whether the one Authorization field is {@code Bearer} and the key. */
    private static boolean presents(HttpServerRequest request, ManagementKey key) {
        var credentials = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (credentials.size() != 1) {
            return false;
        }
        var parts = credentials.getFirst().strip().split(" +", 2);
        return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer") && key.matches(parts[1]);
    }
}
