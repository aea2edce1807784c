package io.breakwater.core.presentation.call;

import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses results that are larger than the limit, so that one call cannot use up memory or the client's connection. */
public final class ResultLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ResultLimit.class);

    private ResultLimit() {}

    /**
     * Returns the encoded result of a call.
     *
     * @throws ToolException if it is larger than the limit; the log has the sizes and the name of the tool
     */
    public static byte[] check(ActiveCall call, byte[] result) {
        int limit = call.maxResultBytes();
        if (result.length <= limit) {
            return result;
        }
        LOG.atWarn()
                .addKeyValue("request_id", call.requestId())
                .addKeyValue("method", call.method())
                .addKeyValue("target", call.target())
                .log(
                        "The result of {} {} has {} bytes, which is more than {} allows ({} bytes); the caller received"
                                + " an error",
                        call.method(),
                        call.target(),
                        result.length,
                        call.nameOfSetting("Limits.maxResultBytes"),
                        limit);
        throw new ToolException(
                ErrorCode.INTERNAL_ERROR,
                "The result has " + result.length + " bytes, and the limit is " + limit
                        + " bytes. Request less data if the tool allows it.");
    }
}
