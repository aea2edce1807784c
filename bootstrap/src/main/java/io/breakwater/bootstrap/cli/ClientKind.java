package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The clients for which the program can write a configuration. */
enum ClientKind {
    /**
     * Claude Desktop. Its file supports stdio servers only, so the bridge {@code mcp-remote} connects to HTTP servers.
     */
    CLAUDE_DESKTOP("claude_desktop_config.json (Settings, Developer, Edit Config)", "mcpServers"),
    /** Claude Code. */
    CLAUDE_CODE(".mcp.json in your project", "mcpServers"),
    /** Visual Studio Code. */
    VSCODE(".vscode/mcp.json in your project", "servers"),
    /** Cursor. */
    CURSOR(".cursor/mcp.json in your project, or ~/.cursor/mcp.json", "mcpServers"),
    /** Windsurf. */
    WINDSURF("~/.codeium/windsurf/mcp_config.json", "mcpServers"),
    /** The MCP Inspector. */
    INSPECTOR("a file for its option --config", "mcpServers");

    private final String place;
    private final String member;

    ClientKind(String place, String member) {
        this.place = place;
        this.member = member;
    }

    /** How a client reaches a server. */
    sealed interface Access {
        /** The client starts a server, with a configuration file if there is one. */
        static Access stdio(List<String> command, @Nullable Path file) {
            var words = new ArrayList<>(command);
            words.add("stdio");
            if (file != null) {
                words.addAll(List.of("--config", file.toString()));
            }
            return new Stdio(words);
        }

        /** The client connects to a running server. */
        static Access http(URI url) {
            return new Http(url, null);
        }

        /** The client connects to a running server with an API key. */
        static Access http(URI url, String key) {
            return new Http(url, key);
        }
    }

    /** See {@link Access#stdio}. */
    record Stdio(List<String> words) implements Access {}

    /** See {@link Access#http}. */
    record Http(URI url, @Nullable String key) implements Access {}

    /** Returns the file that the configuration belongs in. */
    String place() {
        return place;
    }

    /** Returns the configuration. */
    Json document(String name, Access access) {
        var entry = switch (access) {
            case Stdio(List<String> words) -> started(words);
            case Http(URI url, String key) -> called(url, key);
        };
        return Json.object().put(member, Json.object().put(name, entry).build()).build();
    }

    private Json started(List<String> words) {
        return start(words).build();
    }

    private Json.ObjectBuilder start(List<String> words) {
        var entry = Json.object();
        if (this == VSCODE || this == INSPECTOR || this == CLAUDE_CODE) {
            entry.put("type", "stdio");
        }
        return entry.put("command", words.getFirst()).put("args", Json.texts(words.subList(1, words.size())));
    }

    private Json called(URI url, @Nullable String key) {
        if (this == CLAUDE_DESKTOP) {
            return bridged(url, key);
        }
        var entry = Json.object();
        switch (this) {
            case CLAUDE_CODE, VSCODE -> entry.put("type", "http");
            case INSPECTOR -> entry.put("type", "streamable-http");
            default -> {}
        }
        entry.put(this == WINDSURF ? "serverUrl" : "url", url.toString());
        if (key != null) {
            entry.put(
                    "headers",
                    Json.object().put("Authorization", "Bearer " + key).build());
        }
        return entry.build();
    }

    /** The header is in a variable, because some versions of the client split arguments at spaces. */
    private Json bridged(URI url, @Nullable String key) {
        var bridge = List.of("npx", "-y", "mcp-remote", url.toString());
        if (key == null) {
            return started(bridge);
        }
        var words = new ArrayList<>(bridge);
        words.addAll(List.of("--header", "Authorization:${AUTHORIZATION}"));
        var environment = Json.object().put("AUTHORIZATION", "Bearer " + key).build();
        return start(words).put("env", environment).build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
