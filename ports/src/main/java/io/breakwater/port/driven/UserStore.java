package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores users. The methods block and raise {@link io.breakwater.port.PortException}: {@code RefusedException} with the
 * reason {@code CONFLICT} when an e-mail address is in use, {@code UnavailableException} when the store cannot be
 * reached. Contract: {@code UserStoreContract}.
 */
public interface UserStore {

    /**
     * Returns true if {@link #create}, {@link #update} and {@link #delete} record the {@linkplain
     * CallContext#idempotentWrite idempotent write} of a call in their transactions, and raise {@code
     * IdempotencyException}. Contract: {@code IdempotentWritesContract}.
     */
    default boolean recordsIdempotencyKeys() {
        return false;
    }

    /**
     * Creates a user with version 1.
     *
     * @param email the address, unique regardless of case, and stored as written
     */
    User create(String name, String email, CallContext context);

    /** Returns the user of that id. */
    Optional<User> find(long id, CallContext context);

    /**
     * Changes a user atomically; the version increases by one.
     *
     * @param change the new values, and the required version
     * @return empty when there is no such user, or it has another version than the change requires
     */
    Optional<User> update(long id, Change change, CallContext context);

    /**
     * Deletes a user atomically. Its address can be used again; its id is never used again.
     *
     * @param version the version that the user must have, or null for any
     * @return the deleted user; empty when there is no such user, or it has another version
     */
    Optional<User> delete(long id, @Nullable Long version, CallContext context);

    /** Lists users with larger ids than this one, sorted by id, up to the limit. */
    List<User> listAfter(long id, int limit, CallContext context);

    /**
     * A user.
     *
     * @param id from 1
     * @param version from 1, increased by one with each change
     */
    record User(long id, String name, String email, long version, Instant createdAt, Instant updatedAt) {}

    /**
     * A change of a user.
     *
     * @param name the new value, or null for no change
     * @param email the new value, or null for no change
     * @param version the version that the user must have, or null for any
     */
    record Change(
            @Nullable String name,
            @Nullable String email,
            @Nullable Long version) {}
}
