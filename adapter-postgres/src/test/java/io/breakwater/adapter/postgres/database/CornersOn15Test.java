package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("debian")
class CornersOn15Test extends CornerTests {
    @Override
    PostgresServer server() {
        return PostgresServer.oldest();
    }

    @Override
    List<Corner> corners() {
        return Corner.all().stream()
                .filter(corner -> corner.name().startsWith("settings"))
                .toList();
    }
}
