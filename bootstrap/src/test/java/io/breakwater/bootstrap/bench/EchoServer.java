package io.breakwater.bootstrap.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Description;
import org.slf4j.LoggerFactory;

/**
 * A server with {@code echo} on the inline lane and {@code echo_vt} on a virtual thread: {@code EchoServer PORT|stdio}.
 */
public final class EchoServer {
    private EchoServer() {}

    record Echo(@Description("What to say back") String message) {}

    /** Serves until the process is told to stop, or standard input ends. */
    public static void main(String[] arguments) {
        var server = server();
        if (arguments[0].equals("stdio")) {
            serveStdio(server);
        } else {
            server.serve(HttpTransport.on("127.0.0.1", Integer.parseInt(arguments[0])));
        }
    }

    /** The measured server, which logs nothing. */
    public static Breakwater server() {
        return builder().build();
    }

    static BreakwaterBuilder builder() {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.OFF); // standard output belongs to the protocol
        return Breakwater.named("breakwater-bench")
                .version("1.0.0")
                .tool(echo("echo", ExecutionMode.INLINE))
                .tool(echo("echo_vt", ExecutionMode.VIRTUAL));
    }

    private static void serveStdio(Breakwater server) {
        var transport = StdioTransport.standard();
        server.serve(transport);
        transport.ended().exceptionally(broken -> null).toCompletableFuture().join();
        server.close();
    }

    static Tool echo(String name, ExecutionMode mode) {
        return Tool.named(name)
                .description("Says the message back.")
                .input(Echo.class)
                .readOnly()
                .executionMode(mode)
                .handler((arguments, call) -> ToolResult.text(arguments.message()));
    }
}
