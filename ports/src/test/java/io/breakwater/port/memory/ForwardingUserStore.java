package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another store. A test overrides what should happen differently. */
public class ForwardingUserStore implements UserStore {
    private final UserStore store;

    public ForwardingUserStore(UserStore store) {
        this.store = store;
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return store.recordsIdempotencyKeys();
    }

    @Override
    public User create(String name, String email, CallContext context) {
        return store.create(name, email, context);
    }

    @Override
    public Optional<User> find(long id, CallContext context) {
        return store.find(id, context);
    }

    @Override
    public Optional<User> update(long id, Change change, CallContext context) {
        return store.update(id, change, context);
    }

    @Override
    public Optional<User> delete(long id, @Nullable Long version, CallContext context) {
        return store.delete(id, version, context);
    }

    @Override
    public List<User> listAfter(long id, int limit, CallContext context) {
        return store.listAfter(id, limit, context);
    }
}
