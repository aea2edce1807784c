package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;
import io.breakwater.port.support.NameSuggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a server.
 *
 * @param tools the descriptors of MCP
 */
public record ToolList(List<Json.Obj> tools) {
    private static final int MAX_PAGES = 1_000;

    /** Copies the list. */
    public ToolList {
        tools = List.copyOf(tools);
    }

    /** Requests all pages. */
    public static ToolList of(McpTarget server) {
        return new ToolList(all(server, "tools/list", "tools"));
    }

    /** Requests all items of a paginated list. */
    public static List<Json.Obj> all(McpTarget server, String method, String member) {
        var items = new ArrayList<Json.Obj>();
        String cursor = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            var result = server.ask(ServerQuery.page(method, cursor));
            if (result.get(member) instanceof Json.Arr(List<Json> found)) {
                found.stream()
                        .filter(Json.Obj.class::isInstance)
                        .map(Json.Obj.class::cast)
                        .forEach(items::add);
            }
            cursor = result.text("nextCursor");
            if (cursor == null) {
                break;
            }
        }
        return items;
    }

    /**
     * Returns the tool with a name.
     *
     * @throws NoSuchElementException when there is none; the message suggests a similar name
     */
    public Json.Obj named(String name) {
        return tools.stream()
                .filter(tool -> name.equals(tool.text("name")))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no tool '" + name + "'." + suggestion(name)));
    }

    private String suggestion(String name) {
        var names =
                tools.stream().map(tool -> String.valueOf(tool.text("name"))).toList();
        return NameSuggestion.to(name, names)
                .map(similar -> " Did you mean " + similar + "?")
                .orElse(" 'breakwater tools' lists all tools.");
    }

    /** Creates the request that calls a tool. */
    public ServerQuery call(String name, Json.Obj arguments) {
        var params = Json.object().put("name", name).put("arguments", arguments).build();
        var mirrored = new LinkedHashMap<String, String>();
        mirror(named(name).object("inputSchema"), arguments, mirrored);
        return new ServerQuery("tools/call", params, name, mirrored);
    }

    /** Collects the arguments that the tool's schema repeats in header fields ({@code x-mcp-header}). */
    private static void mirror(Json.Obj schema, Json.Obj arguments, Map<String, String> fields) {
        schema.object("properties").members().forEach((name, property) -> {
            var value = arguments.get(name);
            if (property instanceof Json.Obj described && value != null) {
                var header = described.text("x-mcp-header");
                var text = header == null ? null : text(value);
                if (text != null) {
                    fields.put("Mcp-Param-" + header, text);
                }
                if (value instanceof Json.Obj inner) {
                    mirror(described, inner, fields);
                }
            }
        });
    }

    private static @Nullable String text(Json value) {
        return switch (value) {
            case Json.Text(String text) -> text;
            case Json.Decimal(BigDecimal number) -> number.toPlainString();
            case Json.Bool flag -> String.valueOf(flag.value());
            default -> null;
        };
    }
}
