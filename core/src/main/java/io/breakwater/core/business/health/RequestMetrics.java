package io.breakwater.core.business.health;

/** What clients asked of the server, in figures. Thread-safe, and cheap enough to ask at every probe. */
public interface RequestMetrics {

    /** The last few minutes. */
    RequestStats recent();

    /** Everything there is to tell. */
    MetricsSnapshot report();
}
