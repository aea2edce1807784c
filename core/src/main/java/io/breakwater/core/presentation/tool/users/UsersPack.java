package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.users.Users;
import io.breakwater.core.presentation.catalog.Pack;
import io.breakwater.core.presentation.catalog.Tool;
import io.breakwater.port.CallContext;
import java.util.List;

/** The pack {@code users}: users are created, read, changed and listed, and nobody's change is lost. */
public final class UsersPack implements Pack {
    static final String LIST = "list_users";

    private final Users users;
    private final SealedUserCursors places;

    /** Over these users; cursors are sealed with that seal. */
    public UsersPack(Users users, Sealer seal) {
        this.users = users;
        this.places = new SealedUserCursors(seal);
    }

    @Override
    public String name() {
        return "users";
    }

    @Override
    public List<Tool> tools() {
        return List.of(createUser(), getUser(), updateUser(), listUsers());
    }

    private Tool createUser() {
        return Tool.named("create_user")
                .titled("Create a user")
                .describedAs("Creates a user with a name and an email address that no other user has, and gives the new"
                        + " user's number.")
                .takes(CreateUserArguments.class)
                .gives(UserResult.class)
                .additive()
                .openWorld(false)
                .handledBy((arguments, call) ->
                        UserResult.of(users.create(arguments.name(), arguments.email(), call.scope())));
    }

    private Tool getUser() {
        return Tool.named("get_user")
                .titled("Read a user")
                .describedAs("Reads one user by number. Do so before you change one: the version you get protects the"
                        + " changes of others.")
                .takes(GetUserArguments.class)
                .gives(UserResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handledBy((arguments, call) -> UserResult.of(users.get(arguments.userId(), call.scope())));
    }

    private Tool updateUser() {
        return Tool.named("update_user")
                .titled("Change a user")
                .describedAs("Changes the name or the email address of a user, or both. Give the version you have read,"
                        + " and the change is refused when somebody else was faster.")
                .takes(UpdateUserArguments.class)
                .gives(UserResult.class)
                .destructive()
                .openWorld(false)
                .handledBy((arguments, call) -> UserResult.of(users.update(
                        arguments.userId(), arguments.name(), arguments.email(), arguments.version(), call.scope())));
    }

    private Tool listUsers() {
        return Tool.named(LIST)
                .titled("List users")
                .describedAs("Lists users by number, page by page.")
                .takes(ListUsersArguments.class)
                .gives(ListUsersResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handledBy((arguments, call) -> page(
                        places.find(arguments.cursor(), call.principal().id()),
                        call.principal().id(),
                        call.scope()));
    }

    private ListUsersResult page(long after, String caller, CallContext scope) {
        var page = users.list(after, scope);
        var next = page.goesOn() ? places.after(page.users().getLast().id(), caller) : null;
        return new ListUsersResult(page.users().stream().map(UserResult::of).toList(), next);
    }
}
