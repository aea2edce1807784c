package peer;

import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** The measured tools: one answers on the event loop, one on a virtual thread. */
public class Echo {
    @NonBlocking
    @Tool(name = "echo", description = "Says the message back.")
    String onTheLoop(@ToolArg(description = "What to say back") String message) {
        return message;
    }

    @RunOnVirtualThread
    @Tool(name = "echo_vt", description = "Says the message back.")
    String onAThread(@ToolArg(description = "What to say back") String message) {
        return message;
    }
}
