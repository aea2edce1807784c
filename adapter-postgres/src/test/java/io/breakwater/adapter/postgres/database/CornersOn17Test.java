package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.postgres.PostgresServer;
import java.util.List;

class CornersOn17Test extends CornerTests {
    @Override
    PostgresServer server() {
        return PostgresServer.older(17);
    }

    @Override
    List<Corner> corners() {
        return List.of(Corner.NONE);
    }
}
