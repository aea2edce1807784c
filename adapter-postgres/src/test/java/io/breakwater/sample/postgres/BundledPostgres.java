package io.breakwater.sample.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** PostgreSQL 18, unpacked from a jar. */
final class BundledPostgres extends PostgresServer {
    private final EmbeddedPostgres postgres;

    private BundledPostgres() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return postgres.getPort();
    }

    static final class Holder {
        static final PostgresServer SERVER = new BundledPostgres();

        private Holder() {}
    }
}
