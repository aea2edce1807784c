package io.breakwater.core.business.users;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import java.util.Optional;

/**
 * Where users are kept. The methods block, keep to the scope, and raise {@link io.breakwater.port.PortException}:
 * {@code Refused} with the reason {@code CONFLICT} when an address is taken, whatever its case. Thread-safe.
 */
public interface UserBook {

    /** Keeps a new user, of version 1. */
    User create(String name, String email, CallContext scope);

    /** The user of that id. */
    Optional<User> find(long id, CallContext scope);

    /** Changes a user; empty when there is none, or none of the version that the change wants. */
    Optional<User> update(long id, Change change, CallContext scope);

    /** Up to so many users with larger ids than this one, by id. */
    List<User> listAfter(long id, int limit, CallContext scope);
}
