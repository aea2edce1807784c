package io.breakwater.core.presentation.adopted;

import io.breakwater.core.presentation.catalog.Ability;
import io.breakwater.core.presentation.catalog.Call;
import io.breakwater.core.presentation.catalog.ErrorCode;
import io.breakwater.core.presentation.catalog.LogLevel;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.Question;
import io.breakwater.core.presentation.catalog.ToolError;
import io.breakwater.port.CallScope;
import io.breakwater.port.Conversation;
import io.breakwater.port.Failure;
import io.breakwater.port.Json;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call, as foreign tools see it. Their questions have no keys, so they are told apart by their order. */
final class CallConversation implements Conversation {
    private final Call call;
    private final AtomicInteger asked = new AtomicInteger();

    CallConversation(Call call) {
        this.call = call;
    }

    @Override
    public CallScope scope() {
        return call.scope();
    }

    @Override
    public String session() {
        return call.session();
    }

    @Override
    public Json.Obj clientCapabilities() {
        return call.clientCapabilities();
    }

    @Override
    public Json.Obj clientInfo() {
        return call.clientInfo();
    }

    @Override
    public String protocolVersion() {
        return call.protocolVersion();
    }

    @Override
    public Json.Obj meta() {
        return call.meta();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        call.progress(done, total, message);
    }

    @Override
    public void log(String level, @Nullable String logger, Json data) {
        call.log(LogLevel.of(level).orElse(LogLevel.INFO), logger, data);
    }

    @Override
    public Json.Obj ask(String method, Json.Obj params) {
        var key = "question-" + asked.incrementAndGet();
        try {
            return call.ask(key, new Question(method, params, needed(method, params)))
                    .result();
        } catch (McpError error) {
            throw protocol(error);
        } catch (ToolError error) {
            throw failure(error);
        }
    }

    private static Failure failure(ToolError error) {
        return switch (error.getCause()) {
            case McpError told -> protocol(told);
            case null, default ->
                error.code() == ErrorCode.TIMEOUT
                        ? new Failure.TimedOut(message(error), error)
                        : new Failure.Refused(message(error), error);
        };
    }

    private static Failure protocol(McpError error) {
        return new Failure.Protocol(error.code(), message(error), error.data(), error);
    }

    private static String message(RuntimeException error) {
        return error.getMessage() == null ? "There is no answer." : error.getMessage();
    }

    private static Ability needed(String method, Json.Obj params) {
        return switch (method) {
            case "sampling/createMessage" -> Ability.SAMPLE;
            case "roots/list" -> Ability.LIST_ROOTS;
            default -> "url".equals(params.text("mode")) ? Ability.ELICIT_URL : Ability.ELICIT_FORM;
        };
    }
}
