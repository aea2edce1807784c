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

/** How the guarded database is written in a configuration. */
final class DatabaseSection {
    private static final DatabaseSettings STANDARD =
            DatabaseSettings.at(ConnectionString.of("postgresql://localhost/postgres"));
    private static final QueryLimits QUERY = QueryLimits.standard();

    private static final Setting<ConnectionString> URL = Setting.connection("url")
            .alsoFrom("DATABASE_URL")
            .means("Where the database is, and the role that statements run as: one that may read what callers may see,"
                    + " and nothing else. Without it there is no pack `database`.");

    private static final Setting<AccessMode> ACCESS = Setting.choice("access", AccessMode.class)
            .byDefault(STANDARD.mode())
            .means("What statements may do: read; read, insert, update, delete and merge; or whatever the role may.");

    private static final Setting<Boolean> STRICT_ROLE = Setting.flag("strict-role")
            .byDefault(STANDARD.strictRole())
            .means("Runs nothing while the role may do more than `database.access` needs. Otherwise the log warns, with"
                    + " the script that makes a proper role.");

    private static final Setting<Boolean> REQUIRED = Setting.flag("required")
            .byDefault(false)
            .means("Whether clients are kept away (`/ready` says no) while it is down.");

    private static final Setting<List<String>> FUNCTIONS = Setting.texts(
                    "allowed-functions", "[^.]+\\.[^.]+", "schema.name, or schema.* for all of a schema")
            .byDefault(List.of())
            .means("Functions of the database's own that statements may call although nobody knows what they do.");

    private static final Setting<List<String>> SEARCH_PATH = Setting.texts("search-path", ".+", "the name of a schema")
            .byDefault(STANDARD.searchPath())
            .means("Where tables are looked for that are named without a schema; as the role has it unless set.");

    private DatabaseSection() {}

    /**
     * Both sides of it.
     *
     * @param gateway how it is reached
     * @param queries what one call gives and may cost
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
                database.section("pool", "Connections to each server of the database."), STANDARD.pool());
        var bounds = database.section("limits", "What one call may take.");
        var limits = limits(bounds);
        var query = query(bounds);
        var costs = costs(database.section(
                "cost",
                "What queries may cost by the planner's estimate, which is asked for first if one of these is set."));
        var replicas = replicas(database.section("replicas", "Copies of the database that reads may go to."));
        var gateway = url == null
                ? null
                : new DatabaseSettings(
                        url, access, strict, Set.copyOf(functions), path, storeSchema, pool, limits, replicas);
        return new Read(Backend.of(gateway, required), new QuerySettings(query, costs));
    }

    private static Limits limits(SectionReader limits) {
        return new Limits(
                limits.get(time("statement-time", STANDARD.limits().statementTime())
                        .means("How long a statement may run, however much time its call has.")),
                limits.get(time("lock-time", STANDARD.limits().lockTime()).means("How long it may wait for a lock.")),
                Math.toIntExact(limits.get(Setting.size("result-bytes", 64 << 10, 1 << 30)
                        .byDefault((long) STANDARD.limits().resultBytes())
                        .means("How much of an answer is held while it is read, as the server sends it."))),
                limits.get(Setting.whole("runaway", 1, 1_000)
                        .byDefault(STANDARD.limits().runaway())
                        .means("The number of backends per server that may still run after their calls ended; beyond it"
                                + " statements are refused.")),
                limits.get(Setting.whole("uninterruptible", 1, 1_000)
                        .byDefault(STANDARD.limits().uninterruptible())
                        .means("The maximum number of concurrent statements that use functions that PostgreSQL cannot"
                                + " interrupt and that allowed-functions names.")));
    }

    private static QueryLimits query(SectionReader limits) {
        return new QueryLimits(
                limits.get(Setting.whole("rows", 1, 1_000_000)
                        .byDefault(QUERY.rows())
                        .means("How many rows one call gives; there is a cursor for the next ones.")),
                limits.get(Setting.size("bytes", 1 << 10, 64 << 20)
                        .byDefault(QUERY.bytes())
                        .means("How many bytes they may take, written as JSON; only whole rows are given.")),
                limits.get(Setting.atLeast("offset", 0)
                        .byDefault(Math.toIntExact(QUERY.offset()))
                        .means("How many rows a cursor may pass over: each part runs the statement again.")),
                limits.get(time("cursor-life", QUERY.cursorLife()).means("How long a cursor can be used.")));
    }

    private static CostLimits costs(SectionReader cost) {
        return new CostLimits(
                amount(
                        cost,
                        "per-query",
                        "The most that one query may cost, in the planner's units (about a page read)."),
                amount(cost, "rows-per-query", "The most rows that the planner may expect of one query."),
                amount(cost, "daily-budget", "What all queries of one caller may cost from midnight to midnight UTC."));
    }

    private static double amount(SectionReader cost, String name, String meaning) {
        var limit = cost.find(Setting.atLeast(name, 1).means(meaning + " No limit unless set."));
        return limit == null ? CostLimits.OFF : limit;
    }

    private static Replicas replicas(SectionReader replicas) {
        var standard = STANDARD.replicas();
        var urls = replicas.get(Setting.connections("urls").byDefault(List.of()).means("Where they are."));
        var lag = replicas.get(Setting.duration("lag", Duration.ZERO, Duration.ofDays(1))
                .byDefault(standard.lag())
                .means("How far one may be behind and still be asked."));
        var every =
                replicas.get(time("check-every", standard.checkEvery()).means("How often each of them is looked at."));
        return replicas.made(() -> new Replicas(urls, lag, every), standard);
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofDays(1)).byDefault(standard);
    }
}
