package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.business.users.Users;
import io.breakwater.core.presentation.tool.users.UserStatusResult.Status;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import java.util.List;

/** The pack {@code users}: tools that create, read, update, delete and list users. Versions prevent lost updates. */
public final class UsersPack implements Pack {
    static final String LIST_USERS = "list_users";

    private final Users users;
    private final SealedUserCursors cursors;
    private final Idempotency guarantee;

    /** Creates the pack; the sealer seals its cursors. */
    public UsersPack(Users users, Sealer sealer) {
        this.users = users;
        this.cursors = new SealedUserCursors(sealer);
        this.guarantee = Idempotency.of(users.recordsIdempotencyKeys());
    }

    @Override
    public String name() {
        return "users";
    }

    @Override
    public List<Tool> tools() {
        return List.of(createUser(), getUser(), updateUser(), deleteUser(), listUsers());
    }

    private Tool createUser() {
        return Tool.named("create_user")
                .title("Create a user")
                .description("Creates a user with a name and an email address. Fails if another user has this"
                        + " email address. Returns the new user with its user_id.")
                .input(CreateUserArguments.class)
                .output(UserStatusResult.class)
                .additive()
                .openWorld(false)
                .idempotency(guarantee)
                .handler((arguments, call) -> UserStatusResult.of(
                        Status.CREATED, users.create(arguments.name(), arguments.email(), call.context())));
    }

    private Tool getUser() {
        return Tool.named("get_user")
                .title("Get a user")
                .description("Returns one user by user_id. Call it before update_user: the version in the result"
                        + " prevents you from overwriting changes by other callers.")
                .input(GetUserArguments.class)
                .output(UserStatusResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) ->
                        UserStatusResult.of(Status.FOUND, users.get(arguments.userId(), call.context())));
    }

    private Tool updateUser() {
        return Tool.named("update_user")
                .title("Update a user")
                .description("Updates the name or the email address of a user, or both. Pass the version that"
                        + " you have read, so that the update fails if another caller has changed the user"
                        + " since then.")
                .input(UpdateUserArguments.class)
                .output(UserStatusResult.class)
                .destructive()
                .openWorld(false)
                .idempotency(guarantee)
                .handler((arguments, call) -> UserStatusResult.of(
                        Status.UPDATED,
                        users.update(
                                arguments.userId(),
                                arguments.name(),
                                arguments.email(),
                                arguments.version(),
                                call.context())));
    }

    private Tool deleteUser() {
        return Tool.named("delete_user")
                .title("Delete a user")
                .description(
                        "Deletes a user for good. The client asks its user to confirm each deletion. Pass the version"
                                + " that you have read, so that the deletion fails if another caller has changed the user"
                                + " since then.")
                .input(DeleteUserArguments.class)
                .output(UserStatusResult.class)
                .destructive()
                .openWorld(false)
                .idempotency(guarantee)
                .confirm(this::confirmDeletion)
                .handler((arguments, call) -> UserStatusResult.of(Status.DELETED, delete(arguments, call)));
    }

    private ConfirmationMessage confirmDeletion(DeleteUserArguments arguments, Call call) {
        var user = users.getForDeletion(arguments.userId(), arguments.version(), call.context());
        return ConfirmationMessage.of(
                        "Delete the user {} with the email address {} and the user_id {} for good?",
                        user.name(),
                        user.email(),
                        user.id())
                .about(user);
    }

    private User delete(DeleteUserArguments arguments, Call call) {
        var version = call.confirmed(User.class).map(User::version).orElse(arguments.version());
        return users.delete(arguments.userId(), version, call.context());
    }

    private Tool listUsers() {
        return Tool.named(LIST_USERS)
                .title("List users")
                .description("Lists users in ascending order of user_id, one page for each call.")
                .input(ListUsersArguments.class)
                .output(ListUsersResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) -> page(
                        cursors.find(arguments.cursor(), call.principal().id()),
                        call.principal().id(),
                        call.context()));
    }

    private ListUsersResult page(long after, String caller, CallContext context) {
        var page = users.list(after, context);
        var next = page.hasMore() ? cursors.after(page.users().getLast().id(), caller) : null;
        return new ListUsersResult(page.users().stream().map(UserResult::of).toList(), next);
    }
}
