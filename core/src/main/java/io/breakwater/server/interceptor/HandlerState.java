package io.breakwater.server.interceptor;

/** How far the handler of a tool, a resource, a prompt or a completion has come in a call. */
public enum HandlerState {
    /** It has not started, and does not start if the call is refused or its result comes from a cache. */
    NOT_STARTED,
    /** It has started, and runs or has failed. */
    STARTED,
    /** It has returned a result. */
    RETURNED
}
