package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds members to a structured result after the cache was asked. The kept bytes are copied, not parsed.
 *
 * @param <S> the record whose components are added
 */
record ResultDecorator<S>(Function<CacheStatus, S> members, RecordCodec<S> binding) {

    @SuppressWarnings("unchecked") // the draft took the record class and the function together
    static @Nullable ResultDecorator<?> of(Tool tool) {
        var type = tool.decorationType();
        var stamp = tool.resultDecorator();
        return type == null || stamp == null
                ? null
                : new ResultDecorator<>(
                        (Function<CacheStatus, Object>) stamp, (RecordCodec<Object>) RecordCodec.ofResult(type));
    }

    ToolResult on(ToolResult result, CacheStatus status) {
        var structured = result.structured();
        if (structured == null || result.isError()) {
            return result;
        }
        byte[] kept = JsonWriter.bytes(structured);
        byte[] added = binding.write(members.apply(status));
        var joined = new JsonWriter(kept.length + added.length).raw(kept, 0, kept.length - 1);
        if (kept.length > "{}".length()) {
            joined.one(',');
        }
        joined.raw(added, 1, added.length - 1);
        return new ToolResult(result.content(), new Json.Raw(joined.toBytes()), false, result.meta());
    }
}
