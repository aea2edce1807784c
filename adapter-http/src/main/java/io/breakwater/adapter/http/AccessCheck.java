package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Decides from the head of a request whether its sender may use an HTTP resource. The checks of Host and Origin come
 * before, and the body is read after.
 */
@FunctionalInterface
interface AccessCheck {
    /** Every sender may use the resource. */
    AccessCheck OPEN = (exchange, allowed) -> allowed.accept(Authenticated.ANONYMOUS);

    /** No sender has the key. */
    AccessCheck REFUSED = (exchange, allowed) -> refuseKey(exchange);

    /** Passes the sender on, at once or later on the event loop, or refuses the exchange. */
    void check(HttpExchange exchange, Consumer<Authenticated> allowed);

    /** The checks of a listener. */
    @FunctionalInterface
    interface Factory {
        /** Returns the check for resources with this access. */
        AccessCheck of(Access access);
    }

    /** The checks of the public listener, which knows no management key. */
    static Factory ofPublic(Transport.Host host) {
        return access -> switch (access) {
            case Access.Probe probe -> OPEN;
            case Access.Public open -> OPEN;
            case Access.AnyOrigin open -> OPEN;
            case Access.Role(var role) -> withRole(role, host);
            case Access.Management management -> REFUSED;
        };
    }

    /**
     * The checks of the management listener.
     *
     * @param local whether only this machine can reach the listener
     */
    static Factory ofManagement(ManagementKey key, boolean local, Transport.Host host) {
        var withKey = withKey(key);
        return access -> switch (access) {
            case Access.Probe probe -> OPEN;
            case Access.Public open -> local ? OPEN : withKey;
            case Access.AnyOrigin open -> local ? OPEN : withKey;
            case Access.Role(var role) -> withRole(role, host);
            case Access.Management management -> withKey;
        };
    }

    /** To a sender without the role, the resource does not exist. */
    private static AccessCheck withRole(String role, Transport.Host host) {
        return (exchange, allowed) -> IdentityCheck.require(exchange, host, sender -> {
            if (sender.principal().roles().contains(role)) {
                allowed.accept(sender);
            } else {
                exchange.refuse(RequestRejection.PATH);
            }
        });
    }

    private static AccessCheck withKey(ManagementKey key) {
        return (exchange, allowed) -> {
            if (presents(exchange.request, key)) {
                allowed.accept(Authenticated.ANONYMOUS);
            } else {
                refuseKey(exchange);
            }
        };
    }

    private static void refuseKey(HttpExchange exchange) {
        exchange.response.putHeader("WWW-Authenticate", "Bearer realm=\"management\"");
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
