package io.breakwater.server.interceptor;

/** The calls that are logged. */
public enum RequestLogging {
    /** All calls. */
    ALL,
    /** Failed calls. */
    ERRORS,
    /** Failed calls, and one in a hundred of the others. */
    SAMPLED
}
