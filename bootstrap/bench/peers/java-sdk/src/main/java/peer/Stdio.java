package peer;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;

/** On standard input and output, calls answered on the thread that read them: the fastest this SDK is. */
public final class Stdio {
    private Stdio() {}

    public static void main(String[] arguments) {
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("peer", "1")
                .capabilities(Echo.CAPABILITIES)
                .immediateExecution(true)
                .toolCall(Echo.TOOL, (exchange, request) -> Echo.answer(request))
                .build();
    }
}
