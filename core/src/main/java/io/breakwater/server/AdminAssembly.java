package io.breakwater.server;

import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.tool.admin.AdminOperations;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Connects the tool {@code admin_action} to the components of the server and to its operator's program. */
final class AdminAssembly implements AdminOperations {
    private final BuiltInPack.Administration program;
    private final CacheAssembly cache;
    private final SessionService sessions;
    private final BiPredicate<String, CallContext> endSession;

    /**
     * Creates the assembly.
     *
     * @param endSession ends the session with an id; false if it was not open
     */
    AdminAssembly(
            BuiltInPack.Administration program,
            CacheAssembly cache,
            SessionService sessions,
            BiPredicate<String, CallContext> endSession) {
        this.program = program;
        this.cache = cache;
        this.sessions = sessions;
        this.endSession = endSession;
    }

    @Override
    public void clearCache() {
        cache.service().clear();
    }

    @Override
    public Map<String, Boolean> resetBreakers() {
        return cache.sharedTier().resetBreakers();
    }

    @Override
    public List<Session> sessions(int max, CallContext context) {
        return sessions.list(max, context);
    }

    @Override
    public long sessionCount() {
        return sessions.count();
    }

    @Override
    public boolean closeSession(String id, CallContext context) {
        return endSession.test(id, context);
    }

    @Override
    public void setLogLevel(String level) {
        available(program.logLevel(), "Its program does not offer to change the log level.")
                .accept(level);
    }

    @Override
    public String reloadConfiguration() {
        return available(program.reload(), "It was started without a configuration file.")
                .get();
    }

    @Override
    public void drain() {
        available(program.drain(), "Its program does not offer to stop it.").run();
    }

    private static <T> T available(@Nullable T operation, String reason) {
        if (operation == null) {
            throw new ToolException(ErrorCode.INVALID_PARAMS, "This server cannot do that: " + reason);
        }
        return operation;
    }
}
