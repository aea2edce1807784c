package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The clients whose configuration we know how to write. */
enum ClientKind {
    /** Claude Desktop reaches HTTP servers through its connectors only; a bridge does it from the file. */
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

    /** How a client comes to a server. */
    sealed interface Way {
        /** It starts one, with that configuration file if there is one. */
        static Way stdio(List<String> command, @Nullable Path file) {
            var words = new ArrayList<>(command);
            words.add("stdio");
            if (file != null) {
                words.addAll(List.of("--config", file.toString()));
            }
            return new Stdio(words);
        }

        /** It calls one that runs. */
        static Way http(URI url) {
            return new Http(url);
        }
    }

    /** See {@link Way#stdio}. */
    record Stdio(List<String> words) implements Way {}

    /** See {@link Way#http}. */
    record Http(URI url) implements Way {}

    /** Where to paste it. */
    String place() {
        return place;
    }

    /** What to paste. */
    Json document(String name, Way way) {
        var entry = switch (way) {
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
