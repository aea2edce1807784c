package io.breakwater.core.presentation.call;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.HandlerState;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.ToolDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call as the functions of a tool see it during a dry run. It asks the client for nothing, runs no effect and becomes no
 * task, whatever these functions do.
 *
 * @param call the call that is described
 */
public record DryRunCall(ActiveCall call) implements InterceptedCall {

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        throw refusal("client requests are not sent");
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        throw refusal("effects do not run");
    }

    private IllegalStateException refusal(String reason) {
        return new IllegalStateException("In a dry run of the tool " + target() + ", " + reason
                + ": dryRun(...) and confirm(...) only describe the call.");
    }

    @Override
    public boolean isDryRun() {
        return true;
    }

    /** Does nothing, since a dry run is no task. */
    @Override
    public void startTask() {}

    /** Does nothing, since a dry run is short. */
    @Override
    public void closeStream(Duration retryAfter) {}

    @Override
    public String method() {
        return call.method();
    }

    @Override
    public String target() {
        return call.target();
    }

    @Override
    public String requestId() {
        return call.requestId();
    }

    @Override
    public String session() {
        return call.session();
    }

    @Override
    public Principal principal() {
        return call.principal();
    }

    @Override
    public String remoteAddress() {
        return call.remoteAddress();
    }

    @Override
    public String protocolVersion() {
        return call.protocolVersion();
    }

    @Override
    public ExecutionMode executionMode() {
        return call.executionMode();
    }

    @Override
    public @Nullable ToolDefinition tool() {
        return call.tool();
    }

    @Override
    public Json.Obj meta() {
        return call.meta();
    }

    @Override
    public Json.Obj clientInfo() {
        return call.clientInfo();
    }

    @Override
    public Json.Obj clientCapabilities() {
        return call.clientCapabilities();
    }

    @Override
    public CallContext context() {
        return call.context();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        call.progress(done, total, message);
    }

    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        call.log(level, logger, data);
    }

    @Override
    public HeaderFields headerFields() {
        return call.headerFields();
    }

    @Override
    public Json.Obj arguments() {
        return call.arguments();
    }

    @Override
    public AccessDecision accessDecision() {
        return call.accessDecision();
    }

    @Override
    public List<String> calledTools() {
        return call.calledTools();
    }

    @Override
    public HandlerState handlerState() {
        return call.handlerState();
    }

    @Override
    public Duration elapsed() {
        return call.elapsed();
    }

    @Override
    public void onStop(Runnable action) {
        call.onStop(action);
    }

    @Override
    public @Nullable String failureReason() {
        return call.failureReason();
    }

    @Override
    public boolean lackedMemory() {
        return call.lackedMemory();
    }

    @Override
    public boolean cancelled() {
        return call.cancelled();
    }
}
