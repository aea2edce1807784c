package io.breakwater.core.presentation.tool.admin;

import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code admin_action}. Who acts is not among them: it is known from the request. */
record AdminActionArguments(
        @Description("The action.") Action action,

        @Description("For set_log_level: the least severe level that is logged.") @Nullable
        Level level,

        @Description("For close_session: the name of the session, from list_sessions.")
        @Length(min = 1, max = 100)
        @Nullable
        String session) {

    /** What the server does. */
    enum Action {
        @Name("clear_cache")
        CLEAR_CACHE,
        @Name("reload_config")
        RELOAD_CONFIG,
        @Name("set_log_level")
        SET_LOG_LEVEL,
        @Name("reset_breaker")
        RESET_BREAKER,
        @Name("list_sessions")
        LIST_SESSIONS,
        @Name("close_session")
        CLOSE_SESSION,
        @Name("drain")
        DRAIN;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The level of a log line. */
    enum Level {
        @Name("error")
        ERROR,
        @Name("warn")
        WARN,
        @Name("info")
        INFO,
        @Name("debug")
        DEBUG,
        @Name("trace")
        TRACE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses arguments that belong to another action, since the caller expects an effect of them. */
    void check() {
        if (level != null && action != Action.SET_LOG_LEVEL) {
            throw invalid("level belongs to the action set_log_level, not to " + action.wireName() + ".");
        }
        if (session != null && action != Action.CLOSE_SESSION) {
            throw invalid("session belongs to the action close_session, not to " + action.wireName() + ".");
        }
    }

    Level requiredLevel() {
        if (level == null) {
            throw invalid("The action set_log_level needs the argument level.");
        }
        return level;
    }

    String requiredSession() {
        if (session == null) {
            throw invalid("The action close_session needs the argument session: list_sessions returns the names.");
        }
        return session;
    }

    private static ToolException invalid(String message) {
        return new ToolException(ErrorCode.INVALID_PARAMS, message);
    }
}
