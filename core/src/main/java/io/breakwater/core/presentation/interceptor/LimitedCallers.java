package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.support.NetworkAddress;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.mcp.Call;

/**
 * The callers to which rate limits and quotas apply: all but those over stdio and the anonymous ones from this machine.
 *
 * @param local whether they apply to these callers too
 */
public record LimitedCallers(boolean local) {
    private static final String STDIO = "stdio";

    /** Returns whether limits apply to the caller. */
    public boolean include(Call call) {
        return local
                || !(call.remoteAddress().equals(STDIO) || (call.principal().isAnonymous() && isFromThisMachine(call)));
    }

    /** A proxy on this machine forwards requests of other machines, and says so in one of these header fields. */
    private static boolean isFromThisMachine(Call call) {
        var fields = call instanceof InterceptedCall request ? request.headerFields() : HeaderFields.NONE;
        return NetworkAddress.isLoopback(call.remoteAddress())
                && fields.first("x-forwarded-for") == null
                && fields.first("forwarded") == null;
    }
}
