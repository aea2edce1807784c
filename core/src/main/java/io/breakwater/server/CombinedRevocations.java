package io.breakwater.server;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier.Valid;

/** The revoked tokens of two sources. */
record CombinedRevocations(Revocations first, Revocations second) implements Revocations {

    @Override
    public boolean isRevoked(Valid token) {
        return first.isRevoked(token) || second.isRevoked(token);
    }

    @Override
    public void awaitReady(Valid token, CallContext context) {
        first.awaitReady(token, context);
        second.awaitReady(token, context);
    }
}
