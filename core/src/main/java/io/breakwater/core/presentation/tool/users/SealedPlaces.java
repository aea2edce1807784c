package io.breakwater.core.presentation.tool.users;

import io.breakwater.core.business.session.Bond;
import io.breakwater.core.business.session.Bond.Purpose;
import io.breakwater.core.business.session.Seal;
import io.breakwater.core.presentation.catalog.ErrorCode;
import io.breakwater.core.presentation.catalog.ToolError;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller has got to in the list of users, sealed: it tells nothing of how users are numbered, and any replica that
 * shares our secrets goes on from it.
 */
final class SealedPlaces {
    private static final Duration LIFE = Duration.ofHours(1);

    private final Seal seal;

    SealedPlaces(Seal seal) {
        this.seal = seal;
    }

    /** A cursor after that user. */
    String after(long userId, String caller) {
        return seal.seal(ByteBuffer.allocate(Long.BYTES).putLong(userId).array(), bond(caller), LIFE);
    }

    /**
     * After which user the cursor goes on; 0 without one.
     *
     * @throws ToolError when it is none of this caller's, or too old
     */
    long find(@Nullable String cursor, String caller) {
        return cursor == null
                ? 0
                : seal.open(cursor, bond(caller))
                        .map(payload -> ByteBuffer.wrap(payload).getLong())
                        .orElseThrow(() -> new ToolError(
                                ErrorCode.INVALID_PARAMS,
                                "This cursor is none of list_users, or has expired. Leave it out to begin again."));
    }

    private static Bond bond(String caller) {
        return Bond.of(Purpose.CURSOR, caller, "tools/call", UsersPack.LIST);
    }
}
