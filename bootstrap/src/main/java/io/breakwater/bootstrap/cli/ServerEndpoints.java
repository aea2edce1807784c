package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.adapter.http.ManagementSettings;
import io.breakwater.bootstrap.config.BreakwaterSettings;
import java.net.URI;

/** The URLs of the configured server, as seen from this machine and as clients use them. */
final class ServerEndpoints {
    private ServerEndpoints() {}

    static URI mcp(HttpSettings http) {
        return resource(http, http.path());
    }

    /** Returns the URL of the MCP endpoint for clients, which may be on other machines. */
    static URI client(BreakwaterSettings settings) {
        return settings.publicUrl().orElseGet(() -> mcp(settings.http()));
    }

    static URI resource(HttpSettings http, String path) {
        var scheme = http.tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + local(http.host()) + ":" + http.port() + path);
    }

    static URI management(ManagementSettings management, String path) {
        var scheme = management.tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + local(management.host()) + ":" + management.port() + path);
    }

    /** Returns a loopback address for a server that listens on all addresses. */
    private static String local(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
