package io.breakwater.core.presentation.tool.auth;

import io.breakwater.core.business.authentication.LoginOutcome.LoggedIn;
import io.breakwater.core.business.authentication.LoginOutcome.WrongCredentials;
import io.breakwater.core.business.authentication.PasswordLogin;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import java.util.List;

/**
 * The pack {@code auth}: the tool {@code login}, the only one that callers without identity may call. Its arguments and
 * its result are secrets: it is not cached, not a task, asks its client for nothing, and no message contains a value.
 */
public final class AuthPack implements Pack {
    /** The name of the tool that callers without identity may call. */
    public static final String LOGIN = "login";

    private final PasswordLogin login;

    /** Creates the pack. */
    public AuthPack(PasswordLogin login) {
        this.login = login;
    }

    @Override
    public String name() {
        return "auth";
    }

    @Override
    public List<Tool> tools() {
        return List.of(login());
    }

    private Tool login() {
        return Tool.named(LOGIN)
                .title("Log in")
                .description(
                        "Logs in with the username and the password of a local account, and returns an access token"
                                + " for later requests. The words of a tool call pass through a model, so do not ask a user for"
                                + " a password: an operator can create a token with the command `breakwater token issue`"
                                + " instead.")
                .input(LoginArguments.class)
                .output(LoginResult.class)
                .additive()
                .openWorld(false)
                .idempotency(Idempotency.NONE) // the result is an access token
                .handler(this::login);
    }

    private LoginResult login(LoginArguments arguments, Call call) {
        var outcome = login.login(arguments.username(), arguments.password(), call.remoteAddress(), call.context());
        return switch (outcome) {
            case LoggedIn success -> LoginResult.of(success);
            case WrongCredentials() ->
                throw new ToolException(ErrorCode.UNAUTHORIZED, "The username or the password is wrong.");
        };
    }
}
