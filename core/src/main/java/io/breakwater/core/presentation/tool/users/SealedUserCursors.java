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
 * Where a caller has got to in the list of users, sealed: it tells nothing of how users are numbered, and any replica
 * that shares our secrets goes on from it.
 */
final class SealedUserCursors {
    private static final Duration LIFE = Duration.ofHours(1);

    private final Sealer seal;

    SealedUserCursors(Sealer seal) {
        this.seal = seal;
    }

    /** A cursor after that user. */
    String after(long userId, String caller) {
        return seal.seal(ByteBuffer.allocate(Long.BYTES).putLong(userId).array(), bond(caller), LIFE);
    }

    /**
     * After which user the cursor goes on; 0 without one.
     *
     * @throws ToolException when it is none of this caller's, or too old
     */
    long find(@Nullable String cursor, String caller) {
        return cursor == null
                ? 0
                : seal.open(cursor, bond(caller))
                        .map(payload -> ByteBuffer.wrap(payload).getLong())
                        .orElseThrow(() -> new ToolException(
                                ErrorCode.INVALID_PARAMS,
                                "This cursor is none of list_users, or has expired. Leave it out to begin again."));
    }

    private static SealContext bond(String caller) {
        return SealContext.of(Purpose.CURSOR, caller, "tools/call", UsersPack.LIST);
    }
}
