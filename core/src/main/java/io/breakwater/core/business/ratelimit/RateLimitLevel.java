package io.breakwater.core.business.ratelimit;

import io.breakwater.port.driven.RateLimits.BucketKey;

/** What a rate limit counts together. */
public enum RateLimitLevel {
    /** The calls of one tool by one caller. */
    PRINCIPAL_TOOL("principal-tool"),
    /** All calls of one caller. */
    PRINCIPAL("principal"),
    /** The calls of one tool by all callers. */
    TOOL("tool"),
    /** All calls. */
    GLOBAL("global");

    private final String word;

    RateLimitLevel(String word) {
        this.word = word;
    }

    /** Returns the name in settings, labels and header fields. */
    public String word() {
        return word;
    }

    /** Returns the level of a key. */
    static RateLimitLevel of(BucketKey key) {
        return switch (key.scope()) {
            case PRINCIPAL, NETWORK -> key.name().isEmpty() ? PRINCIPAL : PRINCIPAL_TOOL;
            case TOOL -> TOOL;
            case GLOBAL -> GLOBAL;
        };
    }
}
