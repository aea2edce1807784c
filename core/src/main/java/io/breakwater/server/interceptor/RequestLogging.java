package io.breakwater.server.interceptor;

/** Which calls are logged. */
public enum RequestLogging {
    /** Every one. */
    ALL,
    /** Those that failed. */
    ERRORS,
    /** Those that failed, and one in a hundred of the others. */
    SAMPLED
}
