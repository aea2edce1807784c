package io.breakwater.core.presentation.protocol;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;

/** Tools as tests need them. */
public final class SampleTools {
    private SampleTools() {}

    /** What a tool says. */
    @FunctionalInterface
    public interface Words {
        /** Says it. */
        String say(Call call) throws Exception;
    }

    /** A tool without arguments that says this. */
    public static Tool saying(String name, Words words) {
        return draft(name).handler((arguments, call) -> ToolResult.text(words.say(call)));
    }

    /** A tool without arguments, to be described further. */
    public static Tool.Builder<Json.Obj, ToolResult> draft(String name) {
        return Tool.named(name).description("Does what its test needs.");
    }
}
