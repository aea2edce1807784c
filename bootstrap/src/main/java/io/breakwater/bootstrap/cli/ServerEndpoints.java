package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.HttpSettings;
import java.net.URI;

/** Where the configured server is, seen from this machine. */
final class ServerEndpoints {
    private ServerEndpoints() {}

    static URI mcp(HttpSettings http) {
        return page(http, http.path());
    }

    static URI page(HttpSettings http, String path) {
        var scheme = http.tls() == null ? "http" : "https";
        return URI.create(scheme + "://" + local(http.host()) + ":" + http.port() + path);
    }

    /** A server that listens everywhere is also where we are. */
    private static String local(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
