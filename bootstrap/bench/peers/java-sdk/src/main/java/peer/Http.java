package peer;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import jakarta.servlet.Servlet;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Over HTTP without sessions, on Jetty with virtual threads: {@code Http PORT}. */
public final class Http {
    private Http() {}

    public static void main(String[] arguments) throws Exception {
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var server = new Server(threads);
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        var holder = new ServletHolder(endpoint());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/mcp");
        server.setHandler(context);
        server.start();
    }

    private static Servlet endpoint() {
        var transport = HttpServletStatelessServerTransport.builder()
                .jsonMapper(McpJsonDefaults.getMapper())
                .messageEndpoint("/mcp")
                .build();
        McpServer.sync(transport)
                .serverInfo("peer", "1")
                .capabilities(Echo.CAPABILITIES)
                .immediateExecution(true)
                .toolCall(Echo.TOOL, (context, request) -> Echo.answer(request))
                .build();
        return transport;
    }
}
