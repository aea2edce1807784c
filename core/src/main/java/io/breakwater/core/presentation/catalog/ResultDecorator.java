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
 * Adds members to a structured result after the cache lookup. The cached bytes are copied, not parsed.
 *
 * @param <S> the record whose components are added as members
 */
record ResultDecorator<S>(Function<CacheStatus, S> members, RecordCodec<S> codec) {

    @SuppressWarnings("unchecked") // the builder takes the record class and the function together
    static @Nullable ResultDecorator<?> of(Tool tool) {
        var type = tool.decorationType();
        var decorator = tool.resultDecorator();
        return type == null || decorator == null
                ? null
                : new ResultDecorator<>(
                        (Function<CacheStatus, Object>) decorator, (RecordCodec<Object>) RecordCodec.ofResult(type));
    }

    ToolResult decorate(ToolResult result, CacheStatus status) {
        var structured = result.structured();
        if (structured == null || result.isError()) {
            return result;
        }
        byte[] original = JsonWriter.bytes(structured);
        byte[] added = codec.write(members.apply(status));
        var joined = new JsonWriter(original.length + added.length).raw(original, 0, original.length - 1);
        if (original.length > "{}".length()) {
            joined.character(',');
        }
        joined.raw(added, 1, added.length - 1);
        return new ToolResult(result.content(), new Json.Raw(joined.toBytes()), false, result.meta());
    }
}
