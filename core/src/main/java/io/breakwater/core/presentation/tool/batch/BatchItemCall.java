package io.breakwater.core.presentation.tool.batch;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ClientResponse;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The call of one item of a batch. It has the caller, the header fields and the memory of the batch, and ends a moment
 * before the deadline of the batch, so that the batch can report it. Interceptors see it as a call of its own tool. It
 * sends nothing to the client except log messages, and the client cannot be asked during it.
 */
final class BatchItemCall extends ActiveCall {
    /** The maximum time that the batch has left when the deadline of its items passes. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final int MARGIN_SHARE = 10;

    private final ActiveCall batch;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    BatchItemCall(CallRuntime runtime, BatchCalls.PreparedItem item, ActiveCall batch) {
        super(runtime, item.request(), message(batch), batch.principal(), item.method());
        this.batch = batch;
        var left = batch.remaining();
        var share = left.dividedBy(MARGIN_SHARE);
        var time = left.minus(share.compareTo(MARGIN) < 0 ? share : MARGIN);
        if (time.compareTo(remaining()) < 0) {
            restartDeadline(time);
        }
    }

    private static IncomingMessage message(ActiveCall batch) {
        return new IncomingMessage(
                new byte[0],
                batch.headerFields(),
                new Authenticated(batch.principal()),
                new RemotePeer(batch.remoteAddress()),
                Channel.EXCHANGE,
                batch.memory());
    }

    /** Completes when the item has its outcome; its work may stop later. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    @Override
    protected void respond(Outcome result) {
        outcome.complete(result);
    }

    @Override
    protected void openStream() {
        // The batch has the stream.
    }

    // ---- seen by the handler ----------------------------------------------------------------------------------------

    @Override
    public String session() {
        return batch.session();
    }

    @Override
    public String protocolVersion() {
        return batch.protocolVersion();
    }

    @Override
    public Json.Obj clientInfo() {
        return batch.clientInfo();
    }

    /** Returns none, so that tools find out that they cannot ask the client. */
    @Override
    public Json.Obj clientCapabilities() {
        return Json.Obj.EMPTY;
    }

    @Override
    public boolean mayRequest() {
        return false;
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        // The client has one progress token, for the progress of the batch.
    }

    @Override
    public void log(LogLevel level, @Nullable String logger, Json data) {
        batch.log(level, logger, data);
    }

    @Override
    public Map<String, ClientResponse> request(Map<String, ClientRequest> requests) {
        throw new ToolException(
                ErrorCode.INVALID_PARAMS,
                "The tool " + target() + " asks its user, which is not possible in a batch. Call the tool by itself.");
    }

    @Override
    public Json runOnce(String key, Supplier<Json> effect) {
        requireNewEffectKey(key);
        return runEffect(effect);
    }

    @Override
    public void startTask() {
        // An item has its result in the batch.
    }

    @Override
    public void closeStream(Duration retryAfter) {
        // The batch has the stream.
    }
}
