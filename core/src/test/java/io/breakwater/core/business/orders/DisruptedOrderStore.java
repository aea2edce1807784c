package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.driven.OrderStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The store as one process sees it; like a remote one, it refuses a call that has ended. */
record DisruptedOrderStore(OrderStore store, Disruptions disruptions) implements OrderStore {

    private <T> T run(CallContext context, Supplier<T> operation) {
        if (context.cancelled()) {
            throw new DeadlineExceededException("The deadline of the call passed.", null);
        }
        disruptions.passStore();
        var result = operation.get();
        disruptions.passStore();
        return result;
    }

    @Override
    public Start begin(IdempotencyKey key, Json.Obj details, Terms terms, CallContext context) {
        return run(context, () -> store.begin(key, details, terms, context));
    }

    @Override
    public Optional<Claim> claimDue(Duration lease, CallContext context) {
        return run(context, () -> store.claimDue(lease, context));
    }

    @Override
    public boolean save(Claim claim, Progress progress, Terms terms, CallContext context) {
        return run(context, () -> store.save(claim, progress, terms, context));
    }

    @Override
    public boolean postpone(Claim claim, Progress progress, Duration due, CallContext context) {
        return run(context, () -> store.postpone(claim, progress, due, context));
    }

    @Override
    public boolean end(Claim claim, Json.Obj details, CallContext context) {
        return run(context, () -> store.end(claim, details, context));
    }

    @Override
    public boolean endUnresolved(Claim claim, Json.Obj details, CallContext context) {
        return run(context, () -> store.endUnresolved(claim, details, context));
    }

    @Override
    public boolean remove(Claim claim, CallContext context) {
        return run(context, () -> store.remove(claim, context));
    }
}
