package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import io.breakwater.port.support.NameSuggestion;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The tools of a server.
 *
 * @param tools the descriptors of MCP
 * @param withoutCredential whether the server listed them for a request without a credential
 */
record ToolList(List<Json.Obj> tools, boolean withoutCredential) {

    /** Copies the list. */
    ToolList {
        tools = List.copyOf(tools);
    }

    /**
     * Returns the tool with a name.
     *
     * @throws NoSuchElementException when there is none; the message suggests a similar name
     */
    Json.Obj named(String name) {
        return tools.stream()
                .filter(tool -> name.equals(tool.text("name")))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("There is no tool '" + name + "'" + suggestion(name)));
    }

    private String suggestion(String name) {
        var names =
                tools.stream().map(tool -> String.valueOf(tool.text("name"))).toList();
        return NameSuggestion.to(name, names)
                .map(similar -> ". Did you mean " + similar + "?")
                .orElse(
                        withoutCredential
                                ? " for callers without a credential. To send one, use --credential @FILE."
                                : ". 'breakwater tools' lists all tools.");
    }
}
