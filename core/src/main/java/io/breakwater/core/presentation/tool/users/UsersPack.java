package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.users.Users;
import io.breakwater.port.CallContext;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
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
                .title("Create a user")
                .description("Creates a user with a name and an email address that no other user has, and gives the new"
                        + " user's number.")
                .input(CreateUserArguments.class)
                .output(UserResult.class)
                .additive()
                .openWorld(false)
                .handler((arguments, call) ->
                        UserResult.of(users.create(arguments.name(), arguments.email(), call.context())));
    }

    private Tool getUser() {
        return Tool.named("get_user")
                .title("Read a user")
                .description("Reads one user by number. Do so before you change one: the version you get protects the"
                        + " changes of others.")
                .input(GetUserArguments.class)
                .output(UserResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) -> UserResult.of(users.get(arguments.userId(), call.context())));
    }

    private Tool updateUser() {
        return Tool.named("update_user")
                .title("Change a user")
                .description("Changes the name or the email address of a user, or both. Give the version you have read,"
                        + " and the change is refused when somebody else was faster.")
                .input(UpdateUserArguments.class)
                .output(UserResult.class)
                .destructive()
                .openWorld(false)
                .handler((arguments, call) -> UserResult.of(users.update(
                        arguments.userId(), arguments.name(), arguments.email(), arguments.version(), call.context())));
    }

    private Tool listUsers() {
        return Tool.named(LIST)
                .title("List users")
                .description("Lists users by number, page by page.")
                .input(ListUsersArguments.class)
                .output(ListUsersResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) -> page(
                        places.find(arguments.cursor(), call.principal().id()),
                        call.principal().id(),
                        call.context()));
    }

    private ListUsersResult page(long after, String caller, CallContext scope) {
        var page = users.list(after, scope);
        var next = page.goesOn() ? places.after(page.users().getLast().id(), caller) : null;
        return new ListUsersResult(page.users().stream().map(UserResult::of).toList(), next);
    }
}
