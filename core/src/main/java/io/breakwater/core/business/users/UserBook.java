package io.breakwater.core.business.users;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import java.util.Optional;

/**
 * The storage of users. The methods block, observe the call context, and throw {@link
 * io.breakwater.port.PortException}: a {@code RefusedException} with the reason {@code CONFLICT} if an address is
 * taken, regardless of case. Thread-safe.
 */
public interface UserBook {

    /** Stores a new user with version 1. */
    User create(String name, String email, CallContext context);

    /** Returns the user with an id. */
    Optional<User> find(long id, CallContext context);

    /** Changes a user; empty if there is none, or if its version is not the one in the change. */
    Optional<User> update(long id, Change change, CallContext context);

    /** Returns up to {@code limit} users with ids greater than {@code id}, sorted by id. */
    List<User> listAfter(long id, int limit, CallContext context);
}
