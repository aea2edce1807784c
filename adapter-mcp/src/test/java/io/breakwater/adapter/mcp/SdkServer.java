package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.contract.ScriptedToolContext.Client;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The SDK's own server behind a pipe: what a team has before it moves. */
final class SdkServer implements AutoCloseable {
    private static final McpJsonMapper MAPPER = MessageMapper.create();
    private static final SdkJson JSON = new SdkJson(MAPPER);

    private final PipedOutputStream requests = new PipedOutputStream();
    private final PipedInputStream received = new PipedInputStream(1 << 16);
    private final PipedOutputStream sent = new PipedOutputStream();
    private final BufferedReader answers;
    private final Client client;
    private int lastId;
    private Runnable stop = () -> {};

    private SdkServer(Client client) throws IOException {
        this.client = client;
        requests.connect(received);
        answers =
                new BufferedReader(new InputStreamReader(new PipedInputStream(sent, 1 << 16), StandardCharsets.UTF_8));
    }

    static SdkServer sync(List<SyncToolSpecification> tools, Client client) throws IOException {
        var pipe = new SdkServer(client);
        var server = McpServer.sync(pipe.transport())
                .serverInfo("shop", "1")
                .capabilities(ServerCapabilities.builder().tools(true).logging().build())
                .tools(tools)
                .build();
        pipe.stop = server::close;
        return pipe.initialized();
    }

    static SdkServer async(List<AsyncToolSpecification> tools, Client client) throws IOException {
        var pipe = new SdkServer(client);
        var server = McpServer.async(pipe.transport())
                .serverInfo("shop", "1")
                .capabilities(ServerCapabilities.builder().tools(true).logging().build())
                .tools(tools)
                .build();
        pipe.stop = server::close;
        return pipe.initialized();
    }

    private StdioServerTransportProvider transport() {
        return new StdioServerTransportProvider(MAPPER, received, sent);
    }

    private SdkServer initialized() throws IOException {
        request(
                "initialize",
                Json.object()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", ScriptedToolContext.ALL_CAPABILITIES)
                        .put(
                                "clientInfo",
                                Json.object()
                                        .put("name", "ada")
                                        .put("version", "1")
                                        .build())
                        .build());
        write(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return this;
    }

    /** The whole response to that request; questions on the way are answered, notifications passed over. */
    Json.Obj request(String method, Json.Obj params) throws IOException {
        var id = ++lastId;
        write(message(method, params).put("id", id));
        while (true) {
            var message = read();
            if (!message.has("method")) {
                return message;
            }
            if (message.has("id")) {
                answer(message);
            }
        }
    }

    private void answer(Json.Obj question) throws IOException {
        var result = client.answer(
                new ScriptedToolContext.Request(String.valueOf(question.text("method")), question.object("params")));
        write(Json.object()
                .put("jsonrpc", "2.0")
                .putIfPresent("id", question.get("id"))
                .put("result", result));
    }

    private static Json.ObjectBuilder message(String method, Json.Obj params) {
        return Json.object().put("jsonrpc", "2.0").put("method", method).put("params", params);
    }

    private void write(Json.ObjectBuilder message) throws IOException {
        OutputStream out = requests;
        out.write(MAPPER.writeValueAsBytes(JSON.map(message.build())));
        out.write('\n');
        out.flush();
    }

    private Json.Obj read() throws IOException {
        var line = answers.readLine();
        if (line != null && SdkJsonReader.parse(line.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj message) {
            return message;
        }
        throw new IOException("The server said " + line);
    }

    @Override
    public void close() throws IOException {
        requests.close();
        stop.run();
    }
}
