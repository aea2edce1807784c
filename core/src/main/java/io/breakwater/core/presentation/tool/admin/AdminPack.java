package io.breakwater.core.presentation.tool.admin;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.core.presentation.tool.admin.AdminActionArguments.Action;
import io.breakwater.core.presentation.tool.admin.AdminActionResult.OpenSession;
import io.breakwater.core.presentation.tool.admin.AdminActionResult.Status;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the pack {@code auth} for administrators: the tool {@code admin_action}. */
public final class AdminPack implements Pack {
    /** The role that callers must have. */
    public static final String ROLE = "admin";

    private static final int MAX_LISTED = 100;
    private static final int MAX_SEARCHED = 1_000_000;

    private final AdminOperations operations;
    private final String deployment;
    private final String process;

    /**
     * Creates the pack.
     *
     * @param deployment the name that all servers of the deployment share
     * @param process the id of this process, which is new at each start
     */
    public AdminPack(AdminOperations operations, String deployment, String process) {
        this.operations = operations;
        this.deployment = deployment;
        this.process = process;
    }

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public List<Tool> tools() {
        return List.of(adminAction());
    }

    private Tool adminAction() {
        return Tool.named("admin_action")
                .title("Operate the server")
                .description("Operates this server, for administrators. clear_cache removes cached results."
                        + " reload_config reads the configuration file again. set_log_level changes the log level"
                        + " until the next restart or change of the configuration. reset_breaker probes the shared"
                        + " cache and the event bus now if the server has stopped using them. list_sessions lists"
                        + " sessions of older protocol revisions, and close_session ends one of them. drain lets"
                        + " running calls finish and ends the process. The client asks its user to confirm"
                        + " clear_cache, close_session and drain.")
                .input(AdminActionArguments.class)
                .output(AdminActionResult.class)
                .requiresRole(ROLE)
                .destructive()
                .openWorld(false)
                .confirm(this::confirm)
                .handler(this::act);
    }

    /**
     * Checks the call before a user is asked about it. What affects this process names it, so that the consent is void in
     * another one: a load balancer may send the next request there, or the server may have started again.
     */
    private @Nullable ConfirmationMessage confirm(AdminActionArguments arguments, Call call) {
        requireIdentity(call);
        arguments.check();
        return switch (arguments.action()) {
            case CLEAR_CACHE ->
                ConfirmationMessage.of(
                        "Clear the cache? The server process {} removes the results in its memory, and the servers of"
                                + " the deployment {} load their results again.",
                        process,
                        deployment);
            case CLOSE_SESSION -> confirmClosing(session(arguments.requiredSession(), call));
            case DRAIN ->
                ConfirmationMessage.of(
                        "Stop the server process {}? Running calls finish, and then the process ends.", process);
            case RELOAD_CONFIG, SET_LOG_LEVEL, RESET_BREAKER, LIST_SESSIONS -> null;
        };
    }

    private static ConfirmationMessage confirmClosing(Session session) {
        var open = OpenSession.of(session);
        return ConfirmationMessage.of(
                "End the session {} of {}, which the client {} opened at {}? Its running calls are cancelled.",
                open.session(),
                open.principal(),
                open.client(),
                open.openedAt());
    }

    private static void requireIdentity(Call call) {
        if (call.principal().isAnonymous()) {
            throw new ToolException(ErrorCode.UNAUTHORIZED, "admin_action needs a caller who has authenticated.");
        }
    }

    private AdminActionResult act(AdminActionArguments arguments, Call call) {
        requireIdentity(call);
        arguments.check();
        var action = arguments.action();
        return action == Action.LIST_SESSIONS
                ? listSessions(call)
                : AdminActionResult.of(action, call.principal().id(), perform(arguments, call));
    }

    private String perform(AdminActionArguments arguments, Call call) {
        return switch (arguments.action()) {
            case CLEAR_CACHE -> clearCache();
            case RELOAD_CONFIG -> operations.reloadConfiguration();
            case SET_LOG_LEVEL -> setLogLevel(arguments.requiredLevel());
            case RESET_BREAKER -> resetBreakers();
            case CLOSE_SESSION -> closeSession(arguments.requiredSession(), call);
            case DRAIN -> drain();
            case LIST_SESSIONS -> throw new IllegalStateException("list_sessions has a result of its own");
        };
    }

    private String clearCache() {
        operations.clearCache();
        return "The memory of this server contains no cached results, and no server of the deployment uses a cached"
                + " result that a tool can invalidate.";
    }

    private String setLogLevel(AdminActionArguments.Level level) {
        operations.setLogLevel(level.wireName());
        return "The log level is " + level.wireName() + ".";
    }

    private String resetBreakers() {
        var systems = operations.resetBreakers();
        var failed = systems.entrySet().stream()
                .filter(system -> !system.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!failed.isEmpty()) {
            throw new ToolException(
                    ErrorCode.EXTERNAL_ERROR,
                    "Still not working, so the circuit breaker stays open: " + String.join(", ", failed) + ".");
        }
        return systems.isEmpty()
                ? "No circuit breaker is open."
                : "Works again and is used: " + String.join(", ", systems.keySet()) + ".";
    }

    private String drain() {
        operations.drain();
        return "The server finishes its running calls and then stops.";
    }

    private AdminActionResult listSessions(Call call) {
        var newest = operations.sessions(MAX_SEARCHED, call.context()).stream()
                .sorted(Comparator.comparing(Session::created).reversed())
                .limit(MAX_LISTED)
                .map(OpenSession::of)
                .toList();
        long count = Math.max(operations.sessionCount(), newest.size());
        var message = (count == 1 ? "1 session is open" : count + " sessions are open")
                + (count > newest.size() ? "; the newest " + newest.size() + " are listed." : ".");
        return new AdminActionResult(
                Status.COMPLETED, Action.LIST_SESSIONS, call.principal().id(), message, newest);
    }

    private String closeSession(String name, Call call) {
        var session = session(name, call);
        if (!operations.closeSession(session.id(), call.context())) {
            throw unknown(name);
        }
        return "The session " + name + " has ended.";
    }

    private Session session(String name, Call call) {
        if (name.equals(call.session())) {
            throw new ToolException(
                    ErrorCode.INVALID_PARAMS,
                    "This is the session of this call. Its client ends it with an HTTP DELETE request.");
        }
        return find(name, call.context());
    }

    private Session find(String name, CallContext context) {
        return operations.sessions(MAX_SEARCHED, context).stream()
                .filter(session -> SessionIds.nameOf(session.id()).equals(name))
                .findAny()
                .orElseThrow(() -> unknown(name));
    }

    private static ToolException unknown(String name) {
        return new ToolException(
                ErrorCode.NOT_FOUND, "There is no open session " + name + ": list_sessions returns the names.");
    }
}
