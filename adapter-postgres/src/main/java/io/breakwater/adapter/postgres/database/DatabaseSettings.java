package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be chosen about a {@link PostgresDatabase}. Start from {@link #at} and change what differs:
 *
 * <pre>{@code
 * DatabaseSettings.at(ConnectionString.of("postgresql://reader@db.example.com/shop")).withStrictRole(true)
 * }</pre>
 *
 * <p>In a configuration file each component is found under {@code database} with dashes instead of capitals: {@code
 * database.strict-role}, {@code database.limits.lock-time}.
 *
 * @param url where the database is, and the role that strangers' statements run as
 * @param mode what statements may do
 * @param strictRole whether to run nothing as long as the role may do more than the mode needs, instead of warning
 * @param allowedFunctions functions of the database's own that statements may call although nobody knows what they do,
 *     as {@code schema.name}; {@code schema.*} and {@code extension:name} stand for all of a schema or of an extension
 *     but what is volatile or SECURITY DEFINER
 * @param searchPath the schemas in which tables are looked for that are named without one; empty for the role's own
 * @param storeSchema the schema of our own store if that is in the same database, which the role must not be able to
 *     use; null when it is elsewhere
 * @param pool how many connections to each server there are
 * @param limits what one call may take
 * @param replicas where reads may go instead
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

    /** Copies the collections, and refuses what could never work. */
    public DatabaseSettings {
        allowedFunctions = Set.copyOf(allowedFunctions);
        searchPath = List.copyOf(searchPath);
        for (var function : allowedFunctions) {
            check(
                    function.matches("extension:.+|.+\\..+"),
                    "database.allowed-functions holds '" + function
                            + "'; write each with its schema, such as public.total_of, or public.* for all of it,"
                            + " or extension:postgis for all of an extension");
        }
        for (var schema : searchPath) {
            check(!schema.isBlank(), "database.search-path holds an empty name; name schemas, such as public");
        }
        check(storeSchema == null || !storeSchema.isBlank(), "the store's schema needs a name");
    }

    /** That database: reading only, 5 to 20 connections, a role that may too much is warned of, no replicas. */
    public static DatabaseSettings at(ConnectionString url) {
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

    /** These settings, where statements may do that. */
    public DatabaseSettings withMode(AccessMode mode) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings, insisting (or not) on a role that may no more than it needs. */
    public DatabaseSettings withStrictRole(boolean strictRole) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings, with those functions allowed. */
    public DatabaseSettings withAllowedFunctions(String... functions) {
        return new DatabaseSettings(
                url, mode, strictRole, Set.of(functions), searchPath, storeSchema, pool, limits, replicas);
    }

    /** These settings, with tables looked for in those schemas. */
    public DatabaseSettings withSearchPath(String... schemas) {
        return new DatabaseSettings(
                url, mode, strictRole, allowedFunctions, List.of(schemas), storeSchema, pool, limits, replicas);
    }

    /** These settings, with our own store in that schema of the same database. */
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

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * What one call may take, besides the window of rows it asks for and the time it has.
     *
     * @param statementTime how long a statement may run, however much time its call has. Where that is less than the
     *     time calls have at the beginning, the sessions' own limit does, and need not be set for each call
     * @param lockTime how long it may wait for a lock
     * @param resultBytes how many bytes of an answer are held while it is read, as the server sends them; rows that do
     *     not fit any more are passed over
     * @param runaway how many backends of a server may work on after their calls ended before statements are refused
     * @param uninterruptible how many statements may run at a time with functions that the server cannot end and that
     *     are allowed by name
     */
    public record Limits(Duration statementTime, Duration lockTime, int resultBytes, int runaway, int uninterruptible) {
        private static final int FEWEST_BYTES = 64 * 1024;
        private static final int RUNAWAY = 2;
        private static final int UNINTERRUPTIBLE = 4;

        /** Refuses what could never work. */
        public Limits {
            check(statementTime.toMillis() > 0, "database.limits.statement-time must be at least 1ms");
            check(lockTime.toMillis() > 0, "database.limits.lock-time must be at least 1ms");
            check(resultBytes >= FEWEST_BYTES, "database.limits.result-bytes must be at least 64KiB");
            check(runaway > 0, "database.limits.runaway must be at least 1");
            check(uninterruptible > 0, "database.limits.uninterruptible must be at least 1");
        }

        /** With the usual bounds for work that the server cannot end. */
        public Limits(Duration statementTime, Duration lockTime, int resultBytes) {
            this(statementTime, lockTime, resultBytes, RUNAWAY, UNINTERRUPTIBLE);
        }

        /** 29 s, 2 s for locks, 4 MiB, 2 runaways, 4 uninterruptible statements. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(29), Duration.ofSeconds(2), 4 << 20);
        }
    }

    /**
     * Copies of the database that reads may go to.
     *
     * @param urls where they are
     * @param lag how far one may be behind the primary and still be asked
     * @param checkEvery how often each is looked at
     */
    public record Replicas(List<ConnectionString> urls, Duration lag, Duration checkEvery) {
        /** Copies the list, and refuses what could never work. */
        public Replicas {
            urls = List.copyOf(urls);
            check(checkEvery.toMillis() > 0, "database.replicas.check-every must be at least 1ms");
            check(
                    lag.compareTo(checkEvery) > 0,
                    "database.replicas.lag must be longer than database.replicas.check-every, or no replica is ever known"
                            + " to be near enough");
        }

        /** None. */
        public static Replicas none() {
            return of();
        }

        /** Those, at most 10 s behind, looked at every 2 s. */
        public static Replicas of(ConnectionString... urls) {
            return new Replicas(List.of(urls), Duration.ofSeconds(10), Duration.ofSeconds(2));
        }
    }
}
