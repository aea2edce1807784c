package io.breakwater.bootstrap.audit;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.PortException;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with an audit log in a folder, a tool that reads and a tool that may change data. */
final class AuditedServer implements AutoCloseable {
    private final AtomicInteger effects = new AtomicInteger();
    private final Breakwater server;
    private final McpClient client;

    AuditedServer(Path folder, AuditFailurePolicy onFailure) {
        var log = SampleLogs.open(folder);
        server = Breakwater.named("t")
                .auditLog(log, onFailure)
                .onClose(log)
                .tool(Tool.named("look")
                        .description("Reads.")
                        .readOnly()
                        .handler((arguments, call) -> ToolResult.text("seen")))
                .tool(Tool.named("erase").description("Erases.").handler((arguments, call) -> {
                    effects.incrementAndGet();
                    return ToolResult.text("erased");
                }))
                .build();
        client = InMemoryClient.of(server);
    }

    /** Returns whether the call of the tool that may change data was admitted. */
    boolean writes() {
        return isAdmitted("erase");
    }

    /** Returns whether the call of the tool that reads was admitted. */
    boolean reads() {
        return isAdmitted("look");
    }

    private boolean isAdmitted(String tool) {
        try {
            return !client.call(tool).isError();
        } catch (PortException.ProtocolErrorException refused) {
            if (String.valueOf(refused.getMessage()).contains("cannot record calls")) {
                return false;
            }
            throw refused;
        }
    }

    int effects() {
        return effects.get();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
