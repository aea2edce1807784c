package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.IdempotencyStore;
import java.time.Duration;
import java.util.Optional;

/** Passes everything on to another store. A test overrides what should happen differently. */
public class ForwardingIdempotencyStore implements IdempotencyStore {
    private final IdempotencyStore store;

    public ForwardingIdempotencyStore(IdempotencyStore store) {
        this.store = store;
    }

    @Override
    public Claim claim(IdempotencyKey key, Duration lease, CallContext context) {
        return store.claim(key, lease, context);
    }

    @Override
    public Optional<Claim.Earlier> find(IdempotencyKey key, CallContext context) {
        return store.find(key, context);
    }

    @Override
    public Optional<Claim.Granted> resume(
            IdempotencyKey key, Claim.Granted earlier, Duration lease, CallContext context) {
        return store.resume(key, earlier, lease, context);
    }

    @Override
    public void renew(IdempotencyKey key, Claim.Granted claim, Duration lease, CallContext context) {
        store.renew(key, claim, lease, context);
    }

    @Override
    public void complete(IdempotencyKey key, Claim.Granted claim, Optional<Json.Raw> result, CallContext context) {
        store.complete(key, claim, result, context);
    }

    @Override
    public void release(IdempotencyKey key, Claim.Granted claim, CallContext context) {
        store.release(key, claim, context);
    }

    @Override
    public void abandon(IdempotencyKey key, Claim.Granted claim, CallContext context) {
        store.abandon(key, claim, context);
    }
}
