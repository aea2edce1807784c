package io.breakwater.core.testkit;

import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClientBuilder;

/**
 * The ways in which a client may speak with a server. What a tool does should not depend on them:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void findsAnOrder(ClientMode way) {
 *     var client = way.to(server).connect();
 * }
 * }</pre>
 */
public enum ClientMode {
    /** 2026-07-28, each message an exchange. */
    MODERN_HTTP,
    /** 2026-07-28 on a lasting connection. */
    MODERN_STDIO,
    /** With a session, each message an exchange. */
    LEGACY_HTTP,
    /** With a session on a lasting connection. */
    LEGACY_STDIO;

    /** A client that will speak so with that server. */
    public McpClientBuilder to(Breakwater server) {
        return switch (this) {
            case MODERN_HTTP -> InMemoryClient.over(server);
            case MODERN_STDIO -> InMemoryClient.onLine(server);
            case LEGACY_HTTP -> InMemoryClient.over(server).legacy();
            case LEGACY_STDIO -> InMemoryClient.onLine(server).legacy();
        };
    }
}
