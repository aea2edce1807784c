package io.breakwater.bootstrap.config;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.database.DatabaseSettings;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Limits;
import io.breakwater.adapter.postgres.database.DatabaseSettings.Replicas;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.server.settings.CostLimits;
import io.breakwater.server.settings.QueryLimits;
import io.breakwater.server.settings.QuerySettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the database from a configuration. */
final class DatabaseSection {
    private static final DatabaseSettings STANDARD =
            DatabaseSettings.forUrl(ConnectionString.of("postgresql://localhost/postgres"));
    private static final QueryLimits QUERY = QueryLimits.standard();

    private static final Setting<ConnectionString> URL = Setting.connection("url")
            .alsoFrom("DATABASE_URL")
            .description("The URL of the database, with the role that runs the statements. The role should have only"
                    + " the rights that callers need. Without this setting there is no pack `database`.");

    private static final Setting<AccessMode> ACCESS = Setting.choice("access", AccessMode.class)
            .byDefault(STANDARD.mode())
            .description("`read-only`: queries; `read-write`: also INSERT, UPDATE, DELETE and MERGE; `admin`:"
                    + " everything that the role may do.");

    private static final Setting<Boolean> STRICT_ROLE = Setting.flag("strict-role")
            .byDefault(STANDARD.strictRole())
            .description("Refuses all statements while the role has more rights than `database.access` needs. Otherwise"
                    + " the server logs a warning with a script that creates a suitable role.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .description("Whether the server is not ready (`/ready`) while the database is down.");

    private static final Setting<List<String>> FUNCTIONS = Setting.texts(
                    "allowed-functions", "[^.]+\\.[^.]+", "schema.name, or schema.* for all of a schema")
            .byDefault(List.of())
            .description("User-defined functions of the database that statements may call. The server cannot check"
                    + " what they do.");

    private static final Setting<List<String>> SEARCH_PATH = Setting.texts("search-path", ".+", "the name of a schema")
            .byDefault(STANDARD.searchPath())
            .description("The schemas in which PostgreSQL looks for tables without a schema name; the role's own"
                    + " setting unless set.");

    private DatabaseSection() {}

    /**
     * The settings of the database.
     *
     * @param gateway how to reach it
     * @param queries the limits on results and cost
     */
    record Read(Backend<DatabaseSettings> gateway, QuerySettings queries) {}

    static Read read(SectionReader database, @Nullable String storeSchema) {
        var url = database.find(URL);
        var access = database.get(ACCESS);
        boolean strict = database.get(STRICT_ROLE);
        boolean required = database.get(REQUIRED);
        var functions = database.get(FUNCTIONS);
        var path = database.get(SEARCH_PATH);
        var pool = PoolSection.read(
                database.section("pool", "The connection pool for each server of the database."), STANDARD.pool());
        var bounds = database.section("limits", "The limits of one call.");
        var limits = limits(bounds);
        var query = query(bounds);
        var costs = costs(database.section(
                "cost",
                "The limits on the planner's estimate of a query, which is requested first if one of these is set."));
        var replicas = replicas(database.section("replicas", "Replicas of the database that serve reads."));
        var gateway = url == null
                ? null
                : new DatabaseSettings(
                        url, access, strict, Set.copyOf(functions), path, storeSchema, pool, limits, replicas);
        return new Read(Backend.of(gateway, required), new QuerySettings(query, costs));
    }

    private static Limits limits(SectionReader limits) {
        return new Limits(
                limits.get(time("statement-timeout", STANDARD.limits().statementTimeout())
                        .description("How long a statement may run, even if its call has more time.")),
                limits.get(time("lock-timeout", STANDARD.limits().lockTimeout())
                        .description("How long a statement may wait for a lock.")),
                Math.toIntExact(limits.get(Setting.size("result-bytes", 64 << 10, 1 << 30)
                        .byDefault((long) STANDARD.limits().resultBytes())
                        .description("The size of a result that may be held in memory while it is read, as PostgreSQL"
                                + " sends it."))),
                limits.get(Setting.whole("runaway", 1, 1_000)
                        .byDefault(STANDARD.limits().runaway())
                        .description("The number of backends per server that may still run after their calls ended;"
                                + " beyond it statements are refused.")),
                limits.get(Setting.whole("uninterruptible", 1, 1_000)
                        .byDefault(STANDARD.limits().uninterruptible())
                        .description("The maximum number of concurrent statements that use functions that PostgreSQL"
                                + " cannot interrupt and that allowed-functions names.")));
    }

    private static QueryLimits query(SectionReader limits) {
        return new QueryLimits(
                limits.get(Setting.whole("rows", 1, 1_000_000)
                        .byDefault(QUERY.rows())
                        .description("How many rows one call returns; a cursor gives the next ones.")),
                limits.get(Setting.size("bytes", 1 << 10, 64 << 20)
                        .byDefault(QUERY.bytes())
                        .description("How many bytes the rows of one call may have as JSON; only whole rows are"
                                + " returned.")),
                limits.get(Setting.atLeast("offset", 0)
                        .byDefault(Math.toIntExact(QUERY.offset()))
                        .description("How many rows a cursor may skip; each page runs the statement again.")),
                limits.get(time("cursor-ttl", QUERY.cursorTtl()).description("How long a cursor is valid.")));
    }

    private static CostLimits costs(SectionReader cost) {
        return new CostLimits(
                amount(
                        cost,
                        "per-query",
                        "The highest cost of one query, in the planner's units (about one page read)."),
                amount(cost, "rows-per-query", "The most rows that the planner may expect for one query."));
    }

    private static double amount(SectionReader cost, String name, String description) {
        var limit = cost.find(Setting.atLeast(name, 1).description(description + " No limit unless set."));
        return limit == null ? CostLimits.OFF : limit;
    }

    private static Replicas replicas(SectionReader replicas) {
        var standard = STANDARD.replicas();
        var urls =
                replicas.get(Setting.connections("urls").byDefault(List.of()).description("The URLs of the replicas."));
        var lag = replicas.get(Setting.duration("lag", Duration.ZERO, Duration.ofDays(1))
                .byDefault(standard.lag())
                .description("The maximum replica lag with which a replica still serves reads."));
        var every = replicas.get(
                time("check-interval", standard.checkInterval()).description("How often each replica is checked."));
        return replicas.create(() -> new Replicas(urls, lag, every), standard);
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofDays(1)).byDefault(standard);
    }
}
