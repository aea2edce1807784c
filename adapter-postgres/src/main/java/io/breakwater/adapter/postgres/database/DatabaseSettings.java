package io.breakwater.adapter.postgres.database;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link PostgresDatabase}. Start with {@link #forUrl}, and change the values that differ:
 *
 * <pre>{@code
 * DatabaseSettings.forUrl(ConnectionString.of("postgresql://reader@db.example.com/shop")).withStrictRole(true)
 * }</pre>
 *
 * <p>In a configuration file, each component is under {@code database}, with dashes instead of capitals: {@code
 * database.strict-role}, {@code database.limits.lock-timeout}.
 *
 * @param url the address of the database, and the role for callers' statements
 * @param mode what statements may do
 * @param strictRole whether the server runs no statements while the role has more privileges than the mode needs,
 *     instead of logging a warning
 * @param allowedFunctions the database's own functions that statements may call although they are not checked, as
 *     {@code schema.name}; {@code schema.*} and {@code extension:name} stand for all functions of a schema or of an
 *     extension except those that are volatile or SECURITY DEFINER
 * @param searchPath the schemas in which the server finds tables without a schema; empty for the role's search path
 * @param storeSchema the schema of our own store if it is in the same database; the role must not be able to use it.
 *     Null when the store is in another database
 * @param pool the settings of the connection pool of each server
 * @param limits the limits of one call
 * @param replicas the replicas that serve reads
 */
public record DatabaseSettings(
        ConnectionString url,
        AccessMode mode,
        boolean strictRole,
        Set<String> allowedFunctions,
        List<String> searchPath,
        @Nullable String storeSchema,
        PoolSettings pool,
        Limits limits,
        Replicas replicas) {

    /** Copies the collections, and refuses values that cannot work. */
    public DatabaseSettings {
        notNull(url, "DatabaseSettings.url");
        notNull(mode, "DatabaseSettings.mode");
        notNull(pool, "DatabaseSettings.pool");
        notNull(limits, "DatabaseSettings.limits");
        notNull(replicas, "DatabaseSettings.replicas");
        allowedFunctions = nonNullCopy(allowedFunctions, "DatabaseSettings.allowedFunctions");
        searchPath = nonNullCopy(searchPath, "DatabaseSettings.searchPath");
        for (var function : allowedFunctions) {
            check(
                    function.matches("extension:.+|.+\\..+"),
                    "allowedFunctions contains '" + function
                            + "'; write each function with its schema, for example public.total_of, or public.* for a"
                            + " whole schema, or extension:postgis for a whole extension");
        }
        for (var schema : searchPath) {
            check(!schema.isBlank(), "searchPath contains an empty name; write names of schemas, for example public");
        }
        check(storeSchema == null || !storeSchema.isBlank(), "storeSchema must not be empty.");
    }

    /**
     * Settings for a read-only database with 5 to 20 connections, a warning about excess privileges, and no replicas.
     */
    public static DatabaseSettings forUrl(ConnectionString url) {
        return new DatabaseSettings(
                url,
                AccessMode.READ_ONLY,
                false,
                Set.of(),
                List.of(),
                null,
                PoolSettings.of(5, 20),
                Limits.defaults(),
                Replicas.none());
    }

    /** These settings with another access mode. */
    public DatabaseSettings withMode(AccessMode mode) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings with or without the strict check of the role. */
    public DatabaseSettings withStrictRole(boolean strictRole) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings with other allowed functions. */
    public DatabaseSettings withAllowedFunctions(String... functions) {
        return new DatabaseSettings(
                url, mode, strictRole, Set.of(functions), searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings with another search path. */
    public DatabaseSettings withSearchPath(String... schemas) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, List.of(schemas), storeSchema, pool, limits, replicas);
    }

    /** These settings with our own store in this schema of the same database. */
    public DatabaseSettings withStoreSchema(String schema) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, schema, pool, limits, replicas);
    }

    /** These settings with another pool. */
    public DatabaseSettings withPool(PoolSettings pool) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings with other limits. */
    public DatabaseSettings withLimits(Limits limits) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings with other replicas. */
    public DatabaseSettings withReplicas(Replicas replicas) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /**
     * The limits of one call, besides its window of rows and its deadline.
     *
     * @param statementTimeout the maximum time of a statement, regardless of the time of its call. When it is shorter than
     *     the time of calls, the statement_timeout of the connection suffices, and is not set again for each call
     * @param lockTimeout how long a statement may wait for a lock
     * @param resultBytes the maximum size of a result while it is read, in bytes as the server sends them; rows beyond
     *     this size are skipped
     * @param runaway how many backends of a server may still run after their calls ended before statements are refused
     * @param uninterruptible the maximum number of concurrent statements with functions that PostgreSQL cannot
     *     interrupt and that are allowed by name
     */
    public record Limits(
            Duration statementTimeout, Duration lockTimeout, int resultBytes, int runaway, int uninterruptible) {
        private static final int MIN_RESULT_BYTES = 64 * 1024;
        private static final int RUNAWAY = 2;
        private static final int UNINTERRUPTIBLE = 4;

        /** Refuses values that cannot work. */
        public Limits {
            check(
                    notNull(statementTimeout, "DatabaseSettings.Limits.statementTimeout")
                                    .toMillis()
                            > 0,
                    "statementTimeout must be at least 1 ms");
            check(
                    notNull(lockTimeout, "DatabaseSettings.Limits.lockTimeout").toMillis() > 0,
                    "lockTimeout must be at least 1 ms");
            check(resultBytes >= MIN_RESULT_BYTES, "resultBytes must be at least 64 KiB");
            positive(runaway, "DatabaseSettings.Limits.runaway");
            positive(uninterruptible, "DatabaseSettings.Limits.uninterruptible");
        }

        /** Limits with the default values for {@code runaway} and {@code uninterruptible}. */
        public Limits(Duration statementTimeout, Duration lockTimeout, int resultBytes) {
            this(statementTimeout, lockTimeout, resultBytes, RUNAWAY, UNINTERRUPTIBLE);
        }

        /** 29 s for a statement, 2 s for locks, 4 MiB, 2 runaway backends, 4 uninterruptible statements. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(29), Duration.ofSeconds(2), 4 << 20);
        }
    }

    /**
     * The replicas of the database that serve reads.
     *
     * @param urls the addresses of the replicas
     * @param lag the maximum lag of a replica that serves reads
     * @param checkInterval the time between two checks of a replica
     */
    public record Replicas(List<ConnectionString> urls, Duration lag, Duration checkInterval) {
        /** Copies the list, and refuses values that cannot work. */
        public Replicas {
            urls = nonNullCopy(urls, "DatabaseSettings.Replicas.urls");
            check(
                    notNull(checkInterval, "DatabaseSettings.Replicas.checkInterval")
                                    .toMillis()
                            > 0,
                    "checkInterval must be at least 1 ms");
            check(
                    notNull(lag, "DatabaseSettings.Replicas.lag").compareTo(checkInterval) > 0,
                    "lag must be longer than checkInterval; otherwise no replica is ever known to be recent enough");
        }

        /** No replicas. */
        public static Replicas none() {
            return of();
        }

        /** Replicas with a maximum lag of 10 s, checked every 2 s. */
        public static Replicas of(ConnectionString... urls) {
            return new Replicas(List.of(urls), Duration.ofSeconds(10), Duration.ofSeconds(2));
        }
    }
}
