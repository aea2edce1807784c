package io.breakwater.core.data.users;

import io.breakwater.core.business.users.UserBook;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import java.util.Optional;

/** Users out of a store. */
public final class StoredUsers implements UserBook {
    private final UserStore store;

    /** Out of this one. */
    public StoredUsers(UserStore store) {
        this.store = store;
    }

    @Override
    public User create(String name, String email, CallContext scope) {
        return store.create(name, email, scope);
    }

    @Override
    public Optional<User> find(long id, CallContext scope) {
        return store.find(id, scope);
    }

    @Override
    public Optional<User> update(long id, Change change, CallContext scope) {
        return store.update(id, change, scope);
    }

    @Override
    public List<User> listAfter(long id, int limit, CallContext scope) {
        return store.listAfter(id, limit, scope);
    }
}
