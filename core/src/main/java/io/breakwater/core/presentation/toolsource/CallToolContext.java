package io.breakwater.core.presentation.toolsource;

import io.breakwater.core.business.cache.ResultSource;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.ToolContext;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A call, as foreign tools see it. Their questions have no keys, so they are told apart by their order and by what they
 * ask: an answer never stands for another question than the one it was given to.
 */
final class CallToolContext implements ToolContext {
    /** Of the digest of a question: enough that no two of one call share them. */
    private static final int DIGITS = 16;

    private final Call call;
    private final AtomicInteger asked = new AtomicInteger();

    CallToolContext(Call call) {
        this.call = call;
    }

    @Override
    public CallContext scope() {
        return call.context();
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
        try {
            return call.request(key(method, params), new ClientRequest(method, params, needed(method, params)))
                    .result();
        } catch (McpException error) {
            throw protocol(error);
        } catch (ToolException error) {
            throw failure(error);
        }
    }

    private String key(String method, Json.Obj params) {
        var question = Json.object().put("method", method).put("params", params).build();
        var digest = ResultSource.digest(ParsedJson.of(question).json());
        return "question-" + asked.incrementAndGet() + "-" + digest.substring(0, DIGITS);
    }

    private static PortException failure(ToolException error) {
        return switch (error.getCause()) {
            case McpException told -> protocol(told);
            case null, default ->
                error.code() == ErrorCode.TIMEOUT
                        ? new PortException.DeadlineExceededException(message(error), error)
                        : new PortException.RefusedException(message(error), error);
        };
    }

    private static PortException protocol(McpException error) {
        return new PortException.ProtocolErrorException(error.code(), message(error), error.data(), error);
    }

    private static String message(RuntimeException error) {
        return error.getMessage() == null ? "There is no answer." : error.getMessage();
    }

    private static ClientCapability needed(String method, Json.Obj params) {
        return switch (method) {
            case "sampling/createMessage" -> ClientCapability.SAMPLE;
            case "roots/list" -> ClientCapability.LIST_ROOTS;
            default -> "url".equals(params.text("mode")) ? ClientCapability.ELICIT_URL : ClientCapability.ELICIT_FORM;
        };
    }
}
