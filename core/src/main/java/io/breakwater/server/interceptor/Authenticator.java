package io.breakwater.server.interceptor;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;

/**
 * Says on whose behalf a message comes, before anything in it is read: by its header fields, or by who is at the other
 * end of its connection. Whatever is kept for a principal is found again by nobody else, so equal callers must get
 * equal principals, and different callers different ones.
 */
@FunctionalInterface
public interface Authenticator {
    /** Everybody is the same. */
    Authenticator NONE = inbound -> Principal.ANONYMOUS;

    /**
     * The principal. May run on an event loop and must not block. What it throws turns the message away: who cannot be
     * told is nobody.
     */
    Principal authenticate(IncomingMessage inbound);
}
