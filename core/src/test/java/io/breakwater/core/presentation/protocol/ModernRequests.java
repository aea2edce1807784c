package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Proper requests of 2026-07-28, one message at a time: rounds and tasks are left to the test. */
public final class ModernRequests {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private final RawRequests raw;
    private final Json.Obj capabilities;
    private final List<String> further;
    private final AtomicLong ids = new AtomicLong();

    private ModernRequests(RawRequests raw, Json.Obj capabilities, String... fields) {
        this.raw = raw;
        this.capabilities = capabilities;
        this.further = List.of(fields);
    }

    /** A client that can do all this, such as {@code {'elicitation':{}}}. */
    public static ModernRequests http(Breakwater server, String capabilities) {
        return new ModernRequests(RawRequests.http(server), QuotedJson.json(capabilities));
    }

    /** A client at this address that can ask its user and poll tasks, and sends these header fields with each request. */
    public static ModernRequests from(Breakwater server, String address, String... fields) {
        var capabilities = QuotedJson.json("{'elicitation':{},'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        return new ModernRequests(RawRequests.http(server, address), capabilities, fields);
    }

    /** A request. */
    public RecordedReply ask(String method, Json.Obj params) {
        var all = Json.object();
        params.members().forEach(all::put);
        var meta = Json.object();
        params.object("_meta").members().forEach(meta::put);
        meta.put(PREFIX + "protocolVersion", "2026-07-28").put(PREFIX + "clientCapabilities", capabilities);
        var body = MessageWriter.request(
                RequestId.of(ids.incrementAndGet()),
                method,
                all.put("_meta", meta.build()).build());
        return raw.post(body, fields(method, params));
    }

    /** A request whose parameters are written with single quotes. */
    public RecordedReply ask(String method, String params) {
        return ask(method, QuotedJson.json(params));
    }

    /** The same request once more, bringing answers to what was asked. */
    public RecordedReply again(String method, String params, Json.Obj asked, String responses) {
        var all = Json.object();
        QuotedJson.json(params).members().forEach(all::put);
        all.putIfPresent("requestState", asked.get("requestState")).put("inputResponses", QuotedJson.json(responses));
        return ask(method, all.build());
    }

    /** Calls a tool without arguments. */
    public RecordedReply call(String tool) {
        return ask("tools/call", Json.object().put("name", tool).build());
    }

    private String[] fields(String method, Json.Obj params) {
        var fields = new ArrayList<>(List.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        fields.addAll(further);
        var member = NAMED.get(method);
        var name = member == null ? null : params.text(member);
        if (name != null) {
            fields.addAll(List.of("Mcp-Name", name));
        }
        return fields.toArray(String[]::new);
    }
}
