package io.breakwater.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a call ended, in one word for labels and reports. */
public enum CallStatus {
    /** It did what it was asked to do. */
    OK(Blame.NOBODY),
    /** It waits for answers of the client. */
    INPUT_REQUIRED(Blame.NOBODY),
    /** It goes on as a task. */
    TASK(Blame.NOBODY),
    /** The tool gave a result that says it failed. */
    TOOL_ERROR(Blame.CALLER),
    /** The arguments were wrong. */
    INVALID_PARAMS(Blame.CALLER),
    /** The caller is nobody we know. */
    UNAUTHORIZED(Blame.CALLER),
    /** The caller may not. */
    FORBIDDEN(Blame.CALLER),
    /** What was named does not exist. */
    NOT_FOUND(Blame.CALLER),
    /** Somebody else changed it first. */
    CONFLICT(Blame.CALLER),
    /** The caller asked too often. */
    RATE_LIMITED(Blame.CALLER),
    /** The server had no room. */
    OVERLOADED(Blame.SERVER),
    /** The deadline passed. */
    TIMEOUT(Blame.SERVER),
    /** The caller gave up. */
    CANCELLED(Blame.CALLER),
    /** A system behind the tool failed. */
    EXTERNAL_ERROR(Blame.SERVER),
    /** A fault of ours. */
    INTERNAL_ERROR(Blame.SERVER);

    static final List<CallStatus> ALL = List.of(values());

    private static final Map<String, CallStatus> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CallStatus::word, Function.identity()));

    private final Blame blame;
    private final String word;

    CallStatus(Blame blame) {
        this.blame = blame;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The status of that word; a word nobody knows is a fault of ours. */
    public static CallStatus of(String word) {
        return BY_WORD.getOrDefault(word, INTERNAL_ERROR);
    }

    /** The value of the label {@code status}. */
    public String word() {
        return word;
    }

    /** Where it is counted among the others, within this process; never stored. */
    @SuppressWarnings("EnumOrdinal")
    int place() {
        return ordinal();
    }

    /** True when the call did not do what it was asked to do, whosever fault that was. */
    boolean failed() {
        return blame != Blame.NOBODY;
    }

    /** True when the server or a system behind it is to blame. */
    public boolean fault() {
        return blame == Blame.SERVER;
    }

    /** True when an outage of a system behind the server may be the reason. */
    public boolean mayFollowFromOutage() {
        return this == EXTERNAL_ERROR || this == TIMEOUT || this == OVERLOADED;
    }

    private enum Blame {
        NOBODY,
        CALLER,
        SERVER
    }
}
