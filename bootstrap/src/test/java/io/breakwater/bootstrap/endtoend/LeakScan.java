package io.breakwater.bootstrap.endtoend;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Asks a server whatever might make it talk, and writes down all that it says. */
final class LeakScan implements AutoCloseable {
    private static final List<String> RESOURCES = List.of(
            "health://status", "config://effective", "schema://tables", "schema://tables/parcel", "data://note");

    private final RunningServer server;
    private final McpClient client;
    private final List<String> answers = new ArrayList<>();

    LeakScan(RunningServer server) {
        this.server = server;
        this.client = McpClients.connect(server.endpoint());
        client.tools(); // so that the client knows which arguments header fields repeat
    }

    /** Everything once. */
    void ask() throws IOException, InterruptedException {
        queries();
        others();
        RESOURCES.forEach(
                uri -> ask("resources/read", Json.object().put("uri", uri).build()));
        prompt("diagnose_health", Json.Obj.EMPTY);
        prompt("explore_table", Json.object().put("table", "parcel").build());
        for (var path : List.of("/health", "/ready", "/live", "/metrics")) {
            page(path);
        }
    }

    private void queries() {
        for (var sql : List.of(
                "SELECT id FROM parcel",
                "SELEC 1",
                "SELECT 1 / 0",
                "SELECT rolpassword FROM pg_authid",
                "SELECT passwd FROM pg_user",
                "SHOW primary_conninfo",
                "SELECT * FROM breakwater.users",
                "SELECT * FROM pg_stat_activity")) {
            query(sql);
        }
        var operation = Json.object().put("query", "SELECT nothing").build();
        call(
                "batch_operations",
                Json.object().put("operations", Json.array(operation)).build());
        call("explain_query", operation);
        call("get_table_schema", Json.object().put("table_name", "parcels").build());
    }

    private void others() {
        var id = Json.object().put("data_id", "note").build();
        call("save_data", Json.object().put("data_id", "note").put("content", 1).build());
        call("get_data_cached", id);
        call("get_data_cached", id);
        call(
                "create_user",
                Json.object().put("name", "Ann").put("email", "ann@example.com").build());
        call(
                "create_user",
                Json.object().put("name", "Ann").put("email", "ANN@example.com").build());
        for (var tool : List.of("list_tables", "list_users", "health_check", "check_dependencies", "get_metrics")) {
            call(tool, Json.Obj.EMPTY);
        }
    }

    /** What a query came to, as text. */
    String query(String sql) {
        return call("execute_query", Json.object().put("query", sql).build());
    }

    /** What a tool says, as text. */
    String call(String tool, Json.Obj arguments) {
        return ask(
                "tools/call",
                Json.object().put("name", tool).put("arguments", arguments).build());
    }

    private void prompt(String name, Json.Obj arguments) {
        var params = Json.object().put("name", name).put("arguments", arguments).build();
        ask("prompts/get", params);
    }

    private String ask(String method, Json.Obj params) {
        String answer;
        try {
            answer = JsonText.line(client.request(method, params));
        } catch (PortException.ProtocolErrorException refused) {
            answer = refused.toString();
        }
        answers.add(answer);
        return answer;
    }

    private void page(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.base() + path)).build();
        try (var pages = HttpClient.newHttpClient()) {
            var answer = pages.send(request, BodyHandlers.ofString());
            answers.add(answer.headers().map() + "\n" + answer.body());
        }
    }

    /** All that was said. */
    List<String> answers() {
        return answers;
    }

    @Override
    public void close() {
        client.close();
    }
}
