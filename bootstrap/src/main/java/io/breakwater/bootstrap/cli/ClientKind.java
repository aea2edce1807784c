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
            return new Http(url);
        }
    }

    /** See {@link Access#stdio}. */
    record Stdio(List<String> words) implements Access {}

    /** See {@link Access#http}. */
    record Http(URI url) implements Access {}

    /** Returns the file that the configuration belongs in. */
    String place() {
        return place;
    }

    /** Returns the configuration. */
    Json document(String name, Access access) {
        var entry = switch (access) {
            case Stdio(List<String> words) -> started(words);
            case Http(URI url) -> called(url);
        };
        return Json.object().put(member, Json.object().put(name, entry).build()).build();
    }

    private Json started(List<String> words) {
        var entry = Json.object();
        if (this == VSCODE || this == INSPECTOR || this == CLAUDE_CODE) {
            entry.put("type", "stdio");
        }
        return entry.put("command", words.getFirst())
                .put("args", Json.texts(words.subList(1, words.size())))
                .build();
    }

    private Json called(URI url) {
        return switch (this) {
            case CLAUDE_DESKTOP -> started(List.of("npx", "-y", "mcp-remote", url.toString()));
            case CLAUDE_CODE, VSCODE ->
                Json.object().put("type", "http").put("url", url.toString()).build();
            case CURSOR -> Json.object().put("url", url.toString()).build();
            case WINDSURF -> Json.object().put("serverUrl", url.toString()).build();
            case INSPECTOR ->
                Json.object()
                        .put("type", "streamable-http")
                        .put("url", url.toString())
                        .build();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
