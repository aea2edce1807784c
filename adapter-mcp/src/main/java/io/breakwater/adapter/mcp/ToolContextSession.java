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
 * Implements the SDK's session for one call on top of its {@link ToolContext}. The SDK has a stream to one client in
 * its place; so the SDK's own exchange works in both eras of the protocol.
 */
final class ToolContextSession implements McpLoggableSession {
    private final ToolContext toolContext;
    private final ElicitationHandler elicitation;
    private final SdkJson json;

    ToolContextSession(ToolContext toolContext, ElicitationHandler elicitation, SdkJson json) {
        this.toolContext = toolContext;
        this.elicitation = elicitation;
        this.json = json;
    }

    /** Answers a ping here: in both eras, the only known state of the client is that it has not cancelled the call. */
    @Override
    public <T> Mono<T> sendRequest(String method, @Nullable Object params, TypeRef<T> type) {
        var answer = method.equals(McpSchema.METHOD_PING)
                ? Mono.just(Json.Obj.EMPTY)
                : elicitation.ask(method, json.object(params == null ? Map.of() : params));
        return answer.map(result -> json.typed(result, type));
    }

    @Override
    public Mono<Void> sendNotification(String method, Object params) {
        return Mono.fromRunnable(() -> sendNow(method, params));
    }

    private void sendNow(String method, Object params) {
        switch (params) {
            case ProgressNotification progress ->
                toolContext.progress(progress.progress(), progress.total(), progress.message());
            case LoggingMessageNotification line ->
                toolContext.log(name(line.level()), line.logger(), json.value(line.data()));
            default -> throw new IllegalArgumentException("A tool can send progress and logs only, not " + method);
        }
    }

    private static String name(LoggingLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    /** The tool context filters by the level that the client has set. */
    @Override
    public boolean isNotificationForLevelAllowed(LoggingLevel level) {
        return true;
    }

    @Override
    public void setMinLoggingLevel(LoggingLevel level) {
        throw new UnsupportedOperationException("A tool cannot set the logging level; the client sets it");
    }

    /** Releases nothing: the stream belongs to the server. */
    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public void close() {}
}
