/** The PostgreSQL adapter; exports the database, the store and their settings. */
module io.breakwater.adapter.postgres {
    requires static transitive org.jspecify;
    requires transitive io.breakwater.ports;
    requires transitive java.sql;
    requires transitive org.postgresql.jdbc;
    requires com.github.benmanes.caffeine;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires org.slf4j;

    exports io.breakwater.adapter.postgres;
    exports io.breakwater.adapter.postgres.database;
    exports io.breakwater.adapter.postgres.store;
    exports io.breakwater.adapter.postgres.net to
            org.postgresql.jdbc; // the driver creates the socket factories by their names
}
