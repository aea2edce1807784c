package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;

class CornersOn18Test extends CornerTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }

    @Override
    List<Corner> corners() {
        return Corner.all();
    }
}
