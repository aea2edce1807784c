package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Maps refusals of interceptors to reply statuses and JSON-RPC errors. The error codes are HTTP status codes, outside
 * the ranges that JSON-RPC and MCP reserve (2026-07-28, basic: error codes).
 */
public final class RefusalMapping {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String BEARER = "Bearer";

    private RefusalMapping() {}

    /** Returns the status that the transport sends. */
    public static ReplyStatus replyStatus(Refusal refusal) {
        var after = refusal.retryAfter();
        return switch (refusal.code()) {
            case RATE_LIMITED -> new ReplyStatus.TooMany(after == null ? SOON : after, refusal.rateLimit());
            case OVERLOADED -> new ReplyStatus.Overloaded(after == null ? SOON : after);
            case UNAUTHORIZED ->
                new ReplyStatus.Unauthenticated(refusal.challenge() == null ? BEARER : refusal.challenge());
            case FORBIDDEN -> new ReplyStatus.Forbidden(refusal.challenge());
            default -> ReplyStatus.RESULT;
        };
    }

    /** The JSON-RPC error code. */
    public static int code(Refusal refusal) {
        return switch (refusal.code()) {
            case RATE_LIMITED -> 429;
            case OVERLOADED -> 503;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, DECLINED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case INVALID_PARAMS -> 400;
            case TIMEOUT -> 504;
            case EXTERNAL_ERROR -> 502;
            case CANCELLED, INTERNAL_ERROR -> 500;
        };
    }

    /** Creates the refusal for a message whose session or task cannot be read or stored at present. */
    public static Refusal storeOutage(PortException failure) {
        var after = switch (failure) {
            case PortException.UnavailableException down -> down.retryAfter();
            case PortException.ExhaustedException spent -> spent.retryAfter();
            default -> null;
        };
        return Refusal.of(
                        ErrorCode.OVERLOADED, "The server cannot access its store of sessions and tasks. Retry later.")
                .withRetryAfter(after == null ? SOON : after);
    }

    /** Creates the exception that refuses a message before it becomes a call. */
    public static RejectedMessageException rejection(Refusal refusal) {
        return new RejectedMessageException(
                replyStatus(refusal), new McpException(code(refusal), refusal.message(), data(refusal)));
    }

    /** The data of the error for a call; a refused access has the request id, by which the operator finds the reason. */
    public static Json.@Nullable Obj data(Refusal refusal, ActiveCall call) {
        var data = data(refusal);
        if (data == null || (refusal.code() != ErrorCode.FORBIDDEN && refusal.code() != ErrorCode.UNAUTHORIZED)) {
            return data;
        }
        var withId = Json.object();
        data.members().forEach(withId::put);
        return withId.put("requestId", call.requestId()).build();
    }

    /** The error's data. */
    public static Json.@Nullable Obj data(Refusal refusal) {
        var data = Json.object().put("code", refusal.code().name());
        var after = refusal.retryAfter();
        return (after == null ? data : data.put("retryAfterMs", after.toMillis())).build();
    }
}
