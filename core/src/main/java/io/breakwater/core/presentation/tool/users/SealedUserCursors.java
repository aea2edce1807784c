package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.business.session.SealContext;
import io.breakwater.core.business.session.SealContext.Purpose;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Seals the position of a caller in the list of users. A cursor does not reveal user ids, and every server with the
 * same secrets accepts it.
 */
final class SealedUserCursors {
    private static final Duration TTL = Duration.ofHours(1);

    private final Sealer sealer;

    SealedUserCursors(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Returns a cursor for the position after a user. */
    String after(long userId, String caller) {
        return sealer.seal(ByteBuffer.allocate(Long.BYTES).putLong(userId).array(), context(caller), TTL);
    }

    /**
     * Returns the id of the user before the position of the cursor; 0 if the cursor is null.
     *
     * @throws ToolException if the cursor was not issued to this caller, or has expired
     */
    long find(@Nullable String cursor, String caller) {
        return cursor == null
                ? 0
                : sealer.open(cursor, context(caller))
                        .map(payload -> ByteBuffer.wrap(payload).getLong())
                        .orElseThrow(() -> new ToolException(
                                ErrorCode.INVALID_PARAMS,
                                "The cursor is not valid or has expired. Omit it to start with the first page."));
    }

    private static SealContext context(String caller) {
        return SealContext.of(Purpose.CURSOR, caller, "tools/call", UsersPack.LIST_USERS);
    }
}
