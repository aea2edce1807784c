package io.breakwater.bootstrap.config;

import io.breakwater.server.Limits;
import io.breakwater.server.MemoryLimits;
import java.time.Duration;

/** How {@link Limits} are written in a configuration. */
final class LimitsSection {
    private static final Limits STANDARD = Limits.STANDARD;

    private static final Setting<Integer> PAGE_SIZE =
            Setting.whole("page-size", 1, 10_000).byDefault(STANDARD.pageSize()).means("Items on a page of a list.");

    private static final Setting<Integer> CONCURRENCY = Setting.atLeast("concurrency", 1)
            .means("How many calls may be at work at a time; 100 for each processor unless set.");

    private static final Setting<Duration> DEADLINE =
            time("deadline", STANDARD.deadline()).means("How long a call may take, the root of every other timeout.");

    private static final Setting<Duration> STREAM_AFTER = time("stream-after", STANDARD.streamAfter())
            .means("After how long an answer that is not ready becomes a stream, as a sign of life.");

    private static final Setting<Duration> HUMAN = time("human", STANDARD.inputTimeout())
            .means("How long a call waits for its user to answer, beside the deadline.");

    private static final Setting<Integer> PARKED = Setting.atLeast("parked", 0)
            .byDefault(STANDARD.maxPendingInputs())
            .means("How many calls of one principal may wait for users at a time.");

    private static final Setting<Duration> TASK_TTL =
            time("task-ttl", STANDARD.taskTtl()).means("How long a task is kept after it began.");

    private static final Setting<Duration> LIST_TTL = Setting.duration("list-ttl", Duration.ZERO, Duration.ofDays(1))
            .byDefault(STANDARD.listTtl())
            .means("For how long clients may keep a list before they ask again.");

    private static final Setting<Long> MEMORY = Setting.size("memory", 1 << 20, 1L << 40)
            .means(
                    "How much heap all messages at work may occupy: bodies, parsed trees, results and what waits on streams. A"
                            + " quarter of the heap unless set, and at most half of it. docs/sizing.md tells what fits.");

    private static final Setting<Double> MEMORY_SHARE = Setting.shareAboveZero("memory-share")
            .byDefault(MemoryLimits.STANDARD.share())
            .means(
                    "The share of `limits.memory` that one network address may hold. Set 100% behind a proxy, where all callers"
                            + " come from one address.");

    private LimitsSection() {}

    static MemoryLimits readMemory(SectionReader limits) {
        var bytes = limits.find(MEMORY);
        double share = limits.get(MEMORY_SHARE);
        if (bytes != null && bytes > MemoryLimits.most()) {
            limits.refuse(
                    MEMORY,
                    "it is more than half of the heap, which is "
                            + Runtime.getRuntime().maxMemory() + " bytes",
                    "write " + MemoryLimits.most() + " or less, or raise the heap (BREAKWATER_JAVA_OPTS=-Xmx2g)");
        }
        return limits.made(
                () -> new MemoryLimits(bytes == null ? MemoryLimits.STANDARD.bytes() : bytes, share),
                MemoryLimits.STANDARD);
    }

    /** The largest message is what the transports let in. */
    static Limits read(SectionReader limits, int message) {
        int pageSize = limits.get(PAGE_SIZE);
        var concurrency = limits.find(CONCURRENCY);
        return new Limits(
                message,
                pageSize,
                concurrency == null ? STANDARD.concurrency() : concurrency,
                limits.get(DEADLINE),
                limits.get(STREAM_AFTER),
                limits.get(HUMAN),
                limits.get(PARKED),
                limits.get(TASK_TTL),
                limits.get(LIST_TTL));
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofDays(30)).byDefault(standard);
    }
}
