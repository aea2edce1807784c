package io.breakwater.bootstrap.config;

import io.breakwater.server.Capacity;
import io.breakwater.server.Capacity.Limit;
import java.time.Duration;

/** Reads {@link Capacity} from a configuration: one section for each kind of stored object. */
final class CapacitySection {
    private static final Capacity STANDARD = Capacity.STANDARD;

    private static final Setting<Duration> IDLE = Setting.duration("idle", Duration.ofSeconds(1), Duration.ofDays(30))
            .byDefault(STANDARD.sessionIdle())
            .description("How long a session may be unused before it ends.");

    private static final Setting<Integer> ENTRIES = Setting.atLeast("entries", 1)
            .byDefault(STANDARD.cache().entries())
            .description("The maximum number of results in memory.");

    private static final Setting<Long> BYTES = Setting.size("bytes", 1_024, 64L << 30)
            .description("The memory that they may occupy; 100MiB unless set, or an eighth of the heap if that"
                    + " is less.");

    private static final Setting<Integer> PER_PRINCIPAL = Setting.atLeast("max-per-principal", 1)
            .description("The maximum number for one principal; without authentication all callers are one principal."
                    + " Half of the total unless set.");

    private CapacitySection() {}

    static Capacity read(SectionReader root, SectionReader cache) {
        var sessions = root.section(
                "sessions",
                "The sessions of clients that begin with `initialize` (revisions before 2026-07-28), over HTTP.");
        var subscriptions = root.section(
                "subscriptions", "The streams of change notifications that clients of revision 2026-07-28 keep open.");
        var tasks = root.section("tasks", "Calls that continue as tasks, with their results.");
        return new Capacity(
                limit(
                        sessions,
                        STANDARD.sessions(),
                        "The maximum number. One for each 16 KiB of heap unless set, at most 30000."),
                sessions.get(IDLE),
                limit(
                        subscriptions,
                        STANDARD.subscriptions(),
                        "The maximum number. One for each 24 KiB of heap unless set, at most 20000."),
                limit(
                        tasks,
                        STANDARD.tasks(),
                        "The maximum number. One for each 256 KiB of heap unless set, at most 2000."),
                cache(cache));
    }

    private static Limit limit(SectionReader section, Limit standard, String description) {
        var total = section.find(Setting.atLeast("max", 1).description(description));
        var limit = total == null ? standard : Limit.halved(total);
        var perPrincipal = section.find(PER_PRINCIPAL);
        return perPrincipal == null ? limit : new Limit(limit.total(), perPrincipal);
    }

    private static Capacity.Cache cache(SectionReader cache) {
        int entries = cache.get(ENTRIES);
        var bytes = cache.find(BYTES);
        return new Capacity.Cache(entries, bytes == null ? STANDARD.cache().bytes() : bytes);
    }
}
