package io.breakwater.core.business.users;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore.Change;
import io.breakwater.port.driven.UserStore.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds, changes and lists users. Whoever changes one names the version the change is meant for, and is told
 * when somebody else was faster. The methods block and raise {@link PortException}, with a sentence that says what to
 * do. Thread-safe.
 */
public final class Users {
    private final UserBook book;
    private final int pageSize;

    /** Out of that book, so many on a page. */
    public Users(UserBook book, int pageSize) {
        this.book = book;
        this.pageSize = pageSize;
    }

    /** A new user. */
    public User create(String name, String email, CallContext scope) {
        return book.create(TextNormalization.name(name), TextNormalization.email(email), scope);
    }

    /** The user of that id. */
    public User get(long id, CallContext scope) {
        return book.find(id, scope)
                .orElseThrow(() ->
                        new PortException.RefusedException(Reason.NOT_FOUND, "There is no user " + id + ".", null));
    }

    /**
     * Changes a user.
     *
     * @param name null to leave it
     * @param email null to leave it
     * @param version the version the change is meant for; null for whichever it is now
     */
    public User update(
            long id, @Nullable String name, @Nullable String email, @Nullable Long version, CallContext scope) {
        if (name == null && email == null) {
            throw new PortException.RefusedException(Reason.INVALID, "Say what to change: name, email or both.", null);
        }
        var change = new Change(
                name == null ? null : TextNormalization.name(name),
                email == null ? null : TextNormalization.email(email),
                version);
        return book.update(id, change, scope).orElseThrow(() -> overtaken(get(id, scope), version));
    }

    private static PortException overtaken(User user, @Nullable Long version) {
        return new PortException.RefusedException(
                Reason.CONFLICT,
                "User %d is at version %d now, and the change is meant for version %d: read the user again and decide anew."
                        .formatted(user.id(), user.version(), version),
                null);
    }

    /** The users after that id, or the first ones after 0; as many as fit a page. */
    public Page list(long after, CallContext scope) {
        var found = book.listAfter(after, pageSize + 1, scope);
        boolean goesOn = found.size() > pageSize;
        return new Page(goesOn ? found.subList(0, pageSize) : found, goesOn);
    }

    /**
     * A page of users, by id.
     *
     * @param goesOn whether there are more after the last
     */
    public record Page(List<User> users, boolean goesOn) {
        /** Copies the users. */
        public Page {
            users = List.copyOf(users);
        }
    }
}
