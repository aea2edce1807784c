package io.breakwater.port.driving;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Determines who sends a message. A transport asks when the head of a request is complete, and before it reads the
 * body, so that a caller without identity occupies no memory for bodies.
 *
 * <p>Only the same principal can access what the server stores for it. Therefore the same caller must always get a
 * principal with an equal id, and different callers must get different ones.
 */
@FunctionalInterface
public interface Authenticator {
    /** All callers are the anonymous principal. */
    Authenticator ANONYMOUS = new Authenticator() {
        private final CompletionStage<Authentication> anonymous =
                CompletableFuture.completedFuture(Authentication.Authenticated.ANONYMOUS);

        @Override
        public CompletionStage<Authentication> authenticate(HeaderFields fields, RemotePeer peer) {
            return anonymous;
        }

        @Override
        public boolean acceptsAnonymous() {
            return true;
        }
    };

    /**
     * Determines the sender of a message. Runs on the thread of the transport, for example an event loop, so it must
     * not block: a check that has to wait completes the stage on another thread. A transport refuses the message when
     * the stage fails, or does not complete in time.
     *
     * @param fields the header fields of the request; {@link HeaderFields#NONE} on stdio. Field values are valid as
     *     long as the stage is not complete
     * @param peer the remote peer; {@link RemotePeer#STDIO} on stdio, where the credential comes from the environment
     */
    CompletionStage<Authentication> authenticate(HeaderFields fields, RemotePeer peer);

    /**
     * Determines the sender of an HTTP request to the MCP endpoint. By default, the method does not matter. An
     * authenticator that accepts credentials which are bound to one request (RFC 9449) needs it, and refuses them if a
     * transport does not know it.
     *
     * @param method the HTTP method, in upper case
     */
    default CompletionStage<Authentication> authenticate(String method, HeaderFields fields, RemotePeer peer) {
        return authenticate(fields, peer);
    }

    /**
     * Whether callers without a credential get a principal. A server listens only on loopback addresses with such an
     * authenticator, unless its settings allow more.
     */
    default boolean acceptsAnonymous() {
        return false;
    }

    /** Returns an authenticator that never has to wait: the function must not block. */
    static Authenticator of(BiFunction<HeaderFields, RemotePeer, Authentication> function) {
        return (fields, peer) -> CompletableFuture.completedFuture(function.apply(fields, peer));
    }
}
