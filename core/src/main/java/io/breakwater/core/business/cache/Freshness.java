package io.breakwater.core.business.cache;

/** What a kept result is good for. */
public enum Freshness {
    /** It is given. */
    FRESH,
    /** It is given, while a newer one is made. */
    STALE,
    /** It is given when no newer one can be made. */
    LAST_RESORT,
    /** Nothing. */
    SPENT
}
