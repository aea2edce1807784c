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

/** Marks that are sealed: any replica that shares our secrets opens them, and nobody else. */
public final class SealedCursors implements CursorCodec {
    private final Sealer seal;
    private final Duration life;

    /** With that seal; each mark can be used for so long. */
    public SealedCursors(Sealer seal, Duration life) {
        this.seal = seal;
        this.life = life;
    }

    @Override
    public String encode(Result result, long row) {
        var payload = ByteBuffer.allocate(Long.BYTES).putLong(row).array();
        return seal.seal(payload, bond(result), life);
    }

    @Override
    public OptionalLong decode(String mark, Result result) {
        return seal.open(mark, bond(result)).stream()
                .mapToLong(payload -> ByteBuffer.wrap(payload).getLong())
                .findFirst();
    }

    private static SealContext bond(Result result) {
        var statement = result.statement();
        var arguments =
                Json.array(Json.of(result.database()), Json.of(statement.sql()), new Json.Arr(statement.parameters()));
        byte[] digest = SealContext.digestOf(JsonWriter.bytes(arguments));
        return new SealContext(Purpose.CURSOR, result.caller(), "tools/call", DatabasePack.EXECUTE, digest);
    }
}
