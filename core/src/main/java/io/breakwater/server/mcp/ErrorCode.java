package io.breakwater.server.mcp;

/** The reason why a call failed. Tools, log lines and metrics all use these codes. */
public enum ErrorCode {
    /** The arguments violate the schema or the rules of the tool. */
    INVALID_PARAMS,
    /** The caller is not authenticated. */
    UNAUTHORIZED,
    /** The caller is authenticated, but not allowed to make this call. */
    FORBIDDEN,
    /** The named object does not exist. */
    NOT_FOUND,
    /** Another caller changed the object first. */
    CONFLICT,
    /** The user declined a client request. */
    DECLINED,
    /** The caller exceeded its rate limit. */
    RATE_LIMITED,
    /** The server has no free capacity at present. */
    OVERLOADED,
    /** The deadline passed. */
    TIMEOUT,
    /** The caller cancelled the call. */
    CANCELLED,
    /** A system that the tool depends on failed. */
    EXTERNAL_ERROR,
    /** The server or the tool has a bug; the log contains the cause under the request id. */
    INTERNAL_ERROR
}
