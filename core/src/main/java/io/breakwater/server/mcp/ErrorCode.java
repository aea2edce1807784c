package io.breakwater.server.mcp;

/** Why a call failed, in the words every tool, log line and metric uses. */
public enum ErrorCode {
    /** The arguments break the tool's schema or rules. */
    INVALID_PARAMS,
    /** The caller did not prove who it is. */
    UNAUTHORIZED,
    /** Known, but not allowed. */
    FORBIDDEN,
    /** What was named does not exist. */
    NOT_FOUND,
    /** Somebody else changed it first. */
    CONFLICT,
    /** The user was asked and declined. */
    DECLINED,
    /** The caller asks too often. */
    RATE_LIMITED,
    /** The server has no room at present. */
    OVERLOADED,
    /** The deadline passed. */
    TIMEOUT,
    /** The caller gave up. */
    CANCELLED,
    /** A system behind the tool failed. */
    EXTERNAL_ERROR,
    /** A fault of ours; the log has the cause under the request id. */
    INTERNAL_ERROR
}
