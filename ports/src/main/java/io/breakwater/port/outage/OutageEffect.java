package io.breakwater.port.outage;

/** What a guard does while something that it depends on fails. */
public enum OutageEffect {
    /** It refuses what it cannot check or record. */
    DENY,
    /** It continues with less than normally, such as its own memory or the last known state, and within limits. */
    DEGRADE,
    /** What it protects against is possible meanwhile. The declaration says why this is accepted. */
    ALLOW
}
