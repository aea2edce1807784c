package io.breakwater.bootstrap.bench;

/** How a {@link GuardedServer} guards its calls. */
public enum Guard {
    /** An API key, access rules and rate limits. */
    KEY,
    /** The same with an ES256 token in place of the key. */
    TOKEN,
    /** An API key and everything else that needs no other system, without an audit log. */
    WHOLE,
    /** {@link #WHOLE} with an audit log. */
    AUDITED
}
