package io.breakwater.core.business.users;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds, changes, deletes and lists users. A change names the version of the user on which it is based, and is refused
 * if another caller has changed the user since. The methods block and throw {@link PortException} with a message that
 * says what to do. Thread-safe.
 */
public final class Users {
    private final UserStore store;
    private final int pageSize;

    /** Creates an instance on a storage, with a page size. */
    public Users(UserStore store, int pageSize) {
        this.store = store;
        this.pageSize = pageSize;
    }

    /** Returns true if a change with an idempotency key happens exactly once. */
    public boolean recordsIdempotencyKeys() {
        return store.recordsIdempotencyKeys();
    }

    /** Creates a user. */
    public User create(String name, String email, CallContext context) {
        return store.create(TextNormalization.name(name), TextNormalization.email(email), context);
    }

    /** Returns the user with an id. */
    public User get(long id, CallContext context) {
        return store.find(id, context)
                .orElseThrow(() ->
                        new PortException.RefusedException(Reason.NOT_FOUND, "There is no user " + id + ".", null));
    }

    /**
     * Changes a user.
     *
     * @param name the new name; null to leave it
     * @param email the new email address; null to leave it
     * @param version the version on which the change is based; null for the current one
     */
    public User update(
            long id, @Nullable String name, @Nullable String email, @Nullable Long version, CallContext context) {
        if (name == null && email == null) {
            throw new PortException.RefusedException(Reason.INVALID, "Say what to change: name, email or both.", null);
        }
        var change = new Change(
                name == null ? null : TextNormalization.name(name),
                email == null ? null : TextNormalization.email(email),
                version);
        return store.update(id, change, context).orElseThrow(() -> conflict(get(id, context), version));
    }

    /**
     * Returns the user that a deletion would delete.
     *
     * @param version the version on which the deletion is based; null for the current one
     */
    public User getForDeletion(long id, @Nullable Long version, CallContext context) {
        var user = get(id, context);
        if (version != null && version != user.version()) {
            throw conflict(user, version);
        }
        return user;
    }

    /**
     * Deletes a user, and returns it as it was.
     *
     * @param version the version on which the deletion is based; null for the current one
     */
    public User delete(long id, @Nullable Long version, CallContext context) {
        return store.delete(id, version, context).orElseThrow(() -> conflict(get(id, context), version));
    }

    private static PortException conflict(User user, @Nullable Long version) {
        return new PortException.RefusedException(
                Reason.CONFLICT,
                ("User %d is now at version %d, but the change is based on version %d. Read the user again, and"
                                + " repeat the change if it still applies.")
                        .formatted(user.id(), user.version(), version),
                null);
    }

    /** Returns one page of users with ids greater than {@code after}, or the first page for 0. */
    public Page list(long after, CallContext context) {
        var found = store.listAfter(after, pageSize + 1, context);
        boolean goesOn = found.size() > pageSize;
        return new Page(goesOn ? found.subList(0, pageSize) : found, goesOn);
    }

    /**
     * A page of users, sorted by id.
     *
     * @param hasMore true if there are more users
     */
    public record Page(List<User> users, boolean hasMore) {
        /** Copies the users. */
        public Page {
            users = List.copyOf(users);
        }
    }
}
