package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.CursorCodec;
import io.breakwater.core.business.session.SealContext;
import io.breakwater.core.business.session.SealContext.Purpose;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/** Seals the positions of callers in results. Only servers with the same secrets can open the cursors. */
public final class SealedCursors implements CursorCodec {
    private final Sealer sealer;
    private final Duration ttl;

    /** Creates a codec whose cursors expire after this time. */
    public SealedCursors(Sealer sealer, Duration ttl) {
        this.sealer = sealer;
        this.ttl = ttl;
    }

    @Override
    public String encode(Result result, long row) {
        var payload = ByteBuffer.allocate(Long.BYTES).putLong(row).array();
        return sealer.seal(payload, context(result), ttl);
    }

    @Override
    public OptionalLong decode(String cursor, Result result) {
        return sealer.open(cursor, context(result)).stream()
                .mapToLong(payload -> ByteBuffer.wrap(payload).getLong())
                .findFirst();
    }

    private static SealContext context(Result result) {
        var statement = result.statement();
        var arguments =
                Json.array(Json.of(result.database()), Json.of(statement.sql()), new Json.Arr(statement.parameters()));
        byte[] digest = SealContext.digestOf(JsonWriter.bytes(arguments));
        return new SealContext(Purpose.CURSOR, result.caller(), "tools/call", DatabasePack.EXECUTE_QUERY, digest);
    }
}
