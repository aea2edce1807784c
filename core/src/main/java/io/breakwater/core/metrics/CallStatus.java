package io.breakwater.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The status with which a call ended, for labels and reports. */
public enum CallStatus {
    /** The call succeeded. */
    OK(Responsible.NONE),
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

    static final List<CallStatus> ALL = List.of(values());

    private static final Map<String, CallStatus> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CallStatus::word, Function.identity()));

    private final Responsible responsible;
    private final String word;

    CallStatus(Responsible responsible) {
        this.responsible = responsible;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status for a word; an unknown word is an internal error. */
    public static CallStatus of(String word) {
        return BY_WORD.getOrDefault(word, INTERNAL_ERROR);
    }

    /** Returns the value of the label {@code status}. */
    public String word() {
        return word;
    }

    /**
     * Returns the index of the status among the counters. It is valid within this process only and must not be stored.
     */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    /** Returns true if the call did not succeed, regardless of the cause. */
    boolean failed() {
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
