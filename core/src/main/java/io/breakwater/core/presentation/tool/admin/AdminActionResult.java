package io.breakwater.core.presentation.tool.admin;

import io.breakwater.core.business.session.SessionIds;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code admin_action}. */
record AdminActionResult(
        @Description("What became of the action.") Status status,

        @Description("The action.") AdminActionArguments.Action action,

        @Description("The principal who acted.") String user,

        @Description("What the server did.") String message,

        @Description("For list_sessions: the sessions, the newest first.") @Nullable
        List<OpenSession> sessions) {

    /** What became of an action. */
    enum Status {
        @Name("completed")
        COMPLETED
    }

    static AdminActionResult of(AdminActionArguments.Action action, String user, String message) {
        return new AdminActionResult(Status.COMPLETED, action, user, message, null);
    }

    /** An open session. The id of a session is a secret, so it has a name instead. */
    record OpenSession(
            @Description("The name of the session, for close_session.")
            String session,

            @Description("The principal that opened the session.")
            String principal,

            @Description("The name of the client, as the client states it.")
            String client,

            @Description("The protocol revision.") @Name("protocol_version")
            String protocolVersion,

            @Description("The time at which the session was opened.") @Name("opened_at")
            Instant openedAt) {

        static OpenSession of(Session session) {
            var client = session.client().text("name");
            return new OpenSession(
                    SessionIds.nameOf(session.id()),
                    session.principal(),
                    client == null ? "" : client,
                    session.version(),
                    session.created());
        }
    }
}
