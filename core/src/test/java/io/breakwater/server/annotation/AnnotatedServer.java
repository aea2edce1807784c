package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.util.Map;

/** A server with the annotated methods of an object, and a client of it. */
final class AnnotatedServer implements AutoCloseable {
    private final Breakwater server;
    private final McpClient client;

    private AnnotatedServer(Object object, ClientMode mode) {
        this.server = Breakwater.named("shop").pack(ToolMethods.of(object)).build();
        this.client = mode.to(server).connect();
    }

    static AnnotatedServer of(Object object) {
        return of(object, ClientMode.MODERN_HTTP);
    }

    static AnnotatedServer of(Object object, ClientMode mode) {
        return new AnnotatedServer(object, mode);
    }

    McpClient client() {
        return client;
    }

    ToolCallResult call(String tool, String arguments) {
        return client.call(tool, json(arguments));
    }

    /** The text of a call's result. */
    String text(String tool, String arguments) {
        return call(tool, arguments).text();
    }

    /** The definition of a tool, as clients see it. */
    Json.Obj tool(String name) {
        return client.tools().stream()
                .filter(tool -> name.equals(tool.text("name")))
                .findFirst()
                .orElseThrow();
    }

    String prompt(String name, Map<String, String> arguments) {
        return client.prompt(name, arguments).toString();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
