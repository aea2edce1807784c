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
 * The tool context of a call. Client requests of sourced tools have no keys, so their keys come from their order and
 * their content: a response is never used for another request.
 */
final class CallToolContext implements ToolContext {
    /** The number of digits of the digest in a key, which is enough to distinguish the requests of one call. */
    private static final int DIGITS = 16;

    private final Call call;
    private final AtomicInteger requestCount = new AtomicInteger();

    CallToolContext(Call call) {
        this.call = call;
    }

    @Override
    public CallContext callContext() {
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
    public Json.Obj request(String method, Json.Obj params) {
        try {
            return call.request(
                            key(method, params), new ClientRequest(method, params, requiredCapability(method, params)))
                    .result();
        } catch (McpException error) {
            throw protocol(error);
        } catch (ToolException error) {
            throw toPortException(error);
        }
    }

    private String key(String method, Json.Obj params) {
        var request = Json.object().put("method", method).put("params", params).build();
        var digest = ResultSource.digest(ParsedJson.of(request).json());
        return "request-" + requestCount.incrementAndGet() + "-" + digest.substring(0, DIGITS);
    }

    private static PortException toPortException(ToolException error) {
        return switch (error.getCause()) {
            case McpException cause -> protocol(cause);
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
        return error.getMessage() == null ? "The client sent no response." : error.getMessage();
    }

    private static ClientCapability requiredCapability(String method, Json.Obj params) {
        return switch (method) {
            case "sampling/createMessage" -> ClientCapability.SAMPLING;
            case "roots/list" -> ClientCapability.ROOTS;
            default ->
                "url".equals(params.text("mode"))
                        ? ClientCapability.ELICITATION_URL
                        : ClientCapability.ELICITATION_FORM;
        };
    }
}
