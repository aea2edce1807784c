package io.breakwater.core.business.health;

/** The metrics of requests. Thread-safe, and cheap enough for every probe. */
public interface RequestMetrics {

    /** Returns the calls of the last few minutes. */
    RequestStats recent();

    /** Returns all metrics. */
    MetricsSnapshot report();
}
