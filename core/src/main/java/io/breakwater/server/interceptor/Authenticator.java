package io.breakwater.server.interceptor;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;

/**
 * Determines the principal of a message before the message is parsed, from its header fields or from the remote peer of
 * its connection. Only the same principal can access what the server stores for it, so the same caller must always get
 * an equal principal, and different callers must get different ones.
 */
@FunctionalInterface
public interface Authenticator {
    /** Returns the anonymous principal for every message. */
    Authenticator NONE = message -> Principal.ANONYMOUS;

    /**
     * Returns the principal. The method may run on an event loop and must not block. If it throws, the message is
     * rejected.
     */
    Principal authenticate(IncomingMessage message);
}
