package io.breakwater.server.client;

import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.time.Duration;

/**
 * Finds out which era a server supports: the client sends {@code server/discover}, and {@code initialize} if the server
 * refuses that.
 */
final class EraDetection {
    /** How long a server on a lasting connection may ignore the first request. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);

    private final McpClientBuilder builder;
    private final boolean session;

    EraDetection(McpClientBuilder builder) {
        this.builder = builder;
        this.session = builder.transport().isSession();
    }

    McpClient connect() {
        var modern = builder.connectModern();
        var probe = modern.requestAsync("server/discover", Json.Obj.EMPTY);
        Json.Obj discovered;
        try {
            discovered = probe.await(timeout());
        } catch (PortException refusal) {
            if (probe.isUnauthorized() || !mayBeLegacy(refusal)) {
                throw refusal;
            }
            return connectLegacyAfter(refusal);
        }
        return supportsModern(discovered) ? modern : builder.connectLegacy();
    }

    private Duration timeout() {
        return session && PROBE_TIMEOUT.compareTo(builder.timeout()) < 0 ? PROBE_TIMEOUT : builder.timeout();
    }

    private static boolean supportsModern(Json.Obj discovered) {
        return discovered.get("supportedVersions") instanceof Json.Arr(var names)
                && names.contains(Json.of(ServerIdentity.MODERN));
    }

    /** On a lasting connection, a legacy server may ignore all requests before {@code initialize}. */
    private boolean mayBeLegacy(PortException refusal) {
        return switch (refusal) {
            case PortException.ProtocolErrorException error -> true;
            case PortException.RefusedException refused -> true;
            case PortException.DeadlineExceededException silent -> session;
            default -> false;
        };
    }

    /** If the server refuses {@code initialize} too, the first refusal is the better explanation. */
    private McpClient connectLegacyAfter(PortException refusal) {
        try {
            return builder.connectLegacy();
        } catch (PortException neither) {
            refusal.addSuppressed(neither);
            throw refusal;
        }
    }
}
