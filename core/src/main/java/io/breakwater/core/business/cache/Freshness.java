package io.breakwater.core.business.cache;

/** How a cached result may be used. */
public enum Freshness {
    /** The result is returned. */
    FRESH,
    /** The result is returned while a refresh runs. */
    STALE,
    /** The result may replace an error if no newer one can be loaded. */
    STALE_IF_ERROR,
    /** The result must not be used any more. */
    EXPIRED
}
