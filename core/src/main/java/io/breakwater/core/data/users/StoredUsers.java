package io.breakwater.core.data.users;

import io.breakwater.core.business.users.UserBook;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import java.util.Optional;

/** Users on the {@link UserStore} port. */
public final class StoredUsers implements UserBook {
    private final UserStore store;

    /** Uses this store. */
    public StoredUsers(UserStore store) {
        this.store = store;
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
    public List<User> listAfter(long id, int limit, CallContext context) {
        return store.listAfter(id, limit, context);
    }
}
