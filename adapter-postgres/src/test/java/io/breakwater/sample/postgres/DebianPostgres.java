package io.breakwater.sample.postgres;

/** PostgreSQL 15 from Debian's package {@code postgresql-15}. */
final class DebianPostgres extends PostgresServer {
    private final Cluster cluster = Cluster.start();

    private DebianPostgres() {
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    }

    @Override
    public int port() {
        return cluster.port();
    }

    static final class Holder {
        static final PostgresServer SERVER = new DebianPostgres();

        private Holder() {}
    }
}
