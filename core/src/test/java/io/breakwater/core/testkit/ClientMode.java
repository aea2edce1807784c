package io.breakwater.core.testkit;

import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClientBuilder;

/**
 * The combinations of an era and a kind of transport that a client can use. The behaviour of a tool should be the same
 * in all of them:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void findsAnOrder(ClientMode mode) {
 *     try (var client = mode.to(server).connect()) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public enum ClientMode {
    /** The modern era, each message in an exchange of its own. */
    MODERN_HTTP,
    /** The modern era, all messages over one connection. */
    MODERN_STDIO,
    /** The legacy era, each message in an exchange of its own. */
    LEGACY_HTTP,
    /** The legacy era, all messages over one connection. */
    LEGACY_STDIO;

    /** Builds a client of this server that uses this mode. */
    public McpClientBuilder to(Breakwater server) {
        return switch (this) {
            case MODERN_HTTP -> InMemoryClient.overExchanges(server);
            case MODERN_STDIO -> InMemoryClient.overConnection(server);
            case LEGACY_HTTP -> InMemoryClient.overExchanges(server).legacy();
            case LEGACY_STDIO -> InMemoryClient.overConnection(server).legacy();
        };
    }
}
