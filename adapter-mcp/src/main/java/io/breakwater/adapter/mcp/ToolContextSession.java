package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpLoggableSession;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The session of the SDK for the length of one call, speaking through the call's {@link ToolContext}. It stands where
 * the SDK has a stream to one client, so that its own exchange works on it in either era of the protocol.
 */
final class ToolContextSession implements McpLoggableSession {
    private final ToolContext conversation;
    private final ElicitationHandler asking;
    private final SdkJson json;

    ToolContextSession(ToolContext conversation, ElicitationHandler asking, SdkJson json) {
        this.conversation = conversation;
        this.asking = asking;
        this.json = json;
    }

    /** A ping is answered here: that the call is still wanted is all we know of the client on either wire. */
    @Override
    public <T> Mono<T> sendRequest(String method, @Nullable Object params, TypeRef<T> type) {
        var answer = method.equals(McpSchema.METHOD_PING)
                ? Mono.just(Json.Obj.EMPTY)
                : asking.ask(method, json.object(params == null ? Map.of() : params));
        return answer.map(result -> json.typed(result, type));
    }

    @Override
    public Mono<Void> sendNotification(String method, Object params) {
        return Mono.fromRunnable(() -> tell(method, params));
    }

    private void tell(String method, Object params) {
        switch (params) {
            case ProgressNotification progress ->
                conversation.progress(progress.progress(), progress.total(), progress.message());
            case LoggingMessageNotification line ->
                conversation.log(name(line.level()), line.logger(), json.value(line.data()));
            default -> throw new IllegalArgumentException("A tool sends progress and log lines, not " + method);
        }
    }

    private static String name(LoggingLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    /** The conversation knows which level the client wants. */
    @Override
    public boolean isNotificationForLevelAllowed(LoggingLevel level) {
        return true;
    }

    @Override
    public void setMinLoggingLevel(LoggingLevel level) {
        throw new UnsupportedOperationException("The client sets the level, not the tool");
    }

    /** There is nothing to release: the stream belongs to the server. */
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public void close() {}
}
