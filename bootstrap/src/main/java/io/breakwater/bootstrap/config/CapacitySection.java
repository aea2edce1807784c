package io.breakwater.bootstrap.config;

import io.breakwater.server.Capacity;
import io.breakwater.server.Capacity.Limit;
import java.time.Duration;

/** How {@link Capacity} is written in a configuration: a section for each thing that is kept. */
final class CapacitySection {
    private static final Capacity STANDARD = Capacity.STANDARD;

    private static final Setting<Duration> IDLE = Setting.duration("idle", Duration.ofSeconds(1), Duration.ofDays(30))
            .byDefault(STANDARD.sessionIdle())
            .means("How long a session may go unused before it ends.");

    private static final Setting<Integer> ENTRIES = Setting.atLeast("entries", 1)
            .byDefault(STANDARD.cache().entries())
            .means("Results in memory at the same time.");

    private static final Setting<Long> BYTES = Setting.size("bytes", 1_024, 64L << 30)
            .means("How much memory they may take; 100MiB unless set, or an eighth of the heap if that is less.");

    private static final Setting<Integer> OWN = Setting.atLeast("most-per-principal", 1)
            .means("How many of them one principal may have; without authentication all are the same one. Half of all"
                    + " unless set.");

    private CapacitySection() {}

    static Capacity read(SectionReader root, SectionReader cache) {
        var sessions = root.section(
                "sessions",
                "Sessions of clients that begin with `initialize` (revisions before 2026-07-28), over HTTP.");
        var subscriptions = root.section("subscriptions", "Streams of changes that clients of 2026-07-28 keep open.");
        var tasks = root.section("tasks", "Calls that go on as tasks, their results included.");
        return new Capacity(
                share(
                        sessions,
                        STANDARD.sessions(),
                        "How many there may be at the same time. One for each 16 KiB of heap unless set, at most 30000."),
                sessions.get(IDLE),
                share(
                        subscriptions,
                        STANDARD.subscriptions(),
                        "How many there may be at the same time. One for each 24 KiB of heap unless set, at most 20000."),
                share(
                        tasks,
                        STANDARD.tasks(),
                        "How many there may be at the same time. One for each 256 KiB of heap unless set, at most 2000."),
                cache(cache));
    }

    private static Limit share(SectionReader section, Limit standard, String most) {
        var total = section.find(Setting.atLeast("most", 1).means(most));
        var share = total == null ? standard : Limit.halved(total);
        var own = section.find(OWN);
        return own == null ? share : new Limit(share.total(), own);
    }

    private static Capacity.Cache cache(SectionReader cache) {
        int entries = cache.get(ENTRIES);
        var bytes = cache.find(BYTES);
        return new Capacity.Cache(entries, bytes == null ? STANDARD.cache().bytes() : bytes);
    }
}
