package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users we keep. The methods block and raise {@link io.breakwater.port.PortException}: {@code RefusedException}
 * with the reason {@code CONFLICT} when an address is taken, {@code UnavailableException} when the store is not there.
 * Contract: {@code UserStoreContract}.
 */
public interface UserStore {

    /**
     * Keeps a new user, of version 1.
     *
     * @param email unique without regard to case; kept as it is written
     */
    User create(String name, String email, CallContext scope);

    /** The user of that id. */
    Optional<User> find(long id, CallContext scope);

    /**
     * Changes a user, atomically; the version grows by one.
     *
     * @param change what to change, and from which version
     * @return empty when there is no such user, or none of the version that the change wants
     */
    Optional<User> update(long id, Change change, CallContext scope);

    /** Up to so many users with larger ids than this one, by id. */
    List<User> listAfter(long id, int limit, CallContext scope);

    /**
     * A user.
     *
     * @param id from 1 upwards
     * @param version from 1 upwards, one more with each change
     */
    record User(long id, String name, String email, long version, Instant createdAt, Instant updatedAt) {}

    /**
     * What to change.
     *
     * @param name null to leave it
     * @param email null to leave it
     * @param version the version the user must have; null for any
     */
    record Change(
            @Nullable String name,
            @Nullable String email,
            @Nullable Long version) {}
}
