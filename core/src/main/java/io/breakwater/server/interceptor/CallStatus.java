package io.breakwater.server.interceptor;

import io.breakwater.server.mcp.ErrorCode;
import java.util.Locale;

/** The status with which a call ended, for labels and reports. */
public enum CallStatus {
    /** The call succeeded. */
    OK(Responsible.NONE),
    /** The caller only asked what the call would do, and received a report. */
    DRY_RUN(Responsible.NONE),
    /** The call waits for responses of the client. */
    INPUT_REQUIRED(Responsible.NONE),
    /** The call continues as a task. */
    TASK(Responsible.NONE),
    /** The tool returned a result that reports a failure. */
    TOOL_ERROR(Responsible.CALLER),
    /** The arguments were invalid. */
    INVALID_PARAMS(Responsible.CALLER),
    /** The caller is not authenticated. */
    UNAUTHORIZED(Responsible.CALLER),
    /** The caller has no permission. */
    FORBIDDEN(Responsible.CALLER),
    /** The requested object does not exist. */
    NOT_FOUND(Responsible.CALLER),
    /** Another caller changed the object first. */
    CONFLICT(Responsible.CALLER),
    /** The user declined a request for input. */
    DECLINED(Responsible.CALLER),
    /** The caller exceeded a rate limit. */
    RATE_LIMITED(Responsible.CALLER),
    /** The server had no free capacity. */
    OVERLOADED(Responsible.SERVER),
    /** The deadline passed. */
    TIMEOUT(Responsible.SERVER),
    /** The caller cancelled the call. */
    CANCELLED(Responsible.CALLER),
    /** A system behind the tool failed. */
    EXTERNAL_ERROR(Responsible.SERVER),
    /** The server itself failed. */
    INTERNAL_ERROR(Responsible.SERVER);

    private final Responsible responsible;
    private final String word;

    CallStatus(Responsible responsible) {
        this.responsible = responsible;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of a call that ended with an error code. */
    public static CallStatus of(ErrorCode code) {
        return switch (code) {
            case INVALID_PARAMS -> INVALID_PARAMS;
            case UNAUTHORIZED -> UNAUTHORIZED;
            case FORBIDDEN -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case DECLINED -> DECLINED;
            case RATE_LIMITED -> RATE_LIMITED;
            case OVERLOADED -> OVERLOADED;
            case TIMEOUT -> TIMEOUT;
            case CANCELLED -> CANCELLED;
            case EXTERNAL_ERROR -> EXTERNAL_ERROR;
            case INTERNAL_ERROR -> INTERNAL_ERROR;
        };
    }

    /** Returns the value of the label {@code status}. */
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word;
    }

    /** Returns true if the call did not succeed, regardless of the cause. */
    public boolean isFailure() {
        return responsible != Responsible.NONE;
    }

    /** Returns true if the server or a system behind it caused the failure. */
    public boolean isServerFault() {
        return responsible == Responsible.SERVER;
    }

    /** Returns true if an outage of a system behind the server can cause this status. */
    public boolean mayFollowFromOutage() {
        return this == EXTERNAL_ERROR || this == TIMEOUT || this == OVERLOADED;
    }

    private enum Responsible {
        NONE,
        CALLER,
        SERVER
    }
}
