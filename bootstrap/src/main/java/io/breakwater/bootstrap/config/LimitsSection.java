package io.breakwater.bootstrap.config;

import io.breakwater.server.Limits;
import io.breakwater.server.MemoryLimits;
import java.time.Duration;

/** Reads {@link Limits} from a configuration. */
final class LimitsSection {
    private static final Limits STANDARD = Limits.STANDARD;

    private static final Setting<Long> RESULT_BYTES = Setting.size("result-bytes", 1024, 1L << 30)
            .byDefault((long) STANDARD.maxResultBytes())
            .description("The largest result that is sent; the caller of a larger one receives an error.");

    private static final Setting<Integer> PAGE_SIZE = Setting.whole("page-size", 1, 10_000)
            .byDefault(STANDARD.pageSize())
            .description("The number of items on a page of a list.");

    private static final Setting<Integer> CONCURRENCY = Setting.atLeast("concurrency", 1)
            .description("How many calls may run at the same time; 100 for each processor unless set.");

    private static final Setting<Duration> DEADLINE = time("deadline", STANDARD.deadline())
            .description("How long a call may take; the other timeouts of a call depend on it.");

    private static final Setting<Duration> STREAM_AFTER = time("stream-after", STANDARD.streamAfter())
            .description("After this time, the server opens an event stream for an answer that is not ready, so that"
                    + " the client sees activity.");

    private static final Setting<Duration> INPUT_TIMEOUT = time("input-timeout", STANDARD.inputTimeout())
            .description("How long a call waits for its user to answer, in addition to the deadline.");

    private static final Setting<Integer> PENDING_INPUTS = Setting.atLeast("pending-inputs", 0)
            .byDefault(STANDARD.maxPendingInputs())
            .description("How many calls of one principal may wait for users at the same time.");

    private static final Setting<Duration> TASK_TTL =
            time("task-ttl", STANDARD.taskTtl()).description("How long a task is stored after its start.");

    private static final Setting<Duration> LIST_TTL = Setting.duration("list-ttl", Duration.ZERO, Duration.ofDays(1))
            .byDefault(STANDARD.listTtl())
            .description("How long clients may cache a list.");

    private static final Setting<Long> MEMORY = Setting.size("memory", 1 << 20, 1L << 40)
            .description("The heap that all messages in progress may occupy: bodies, parsed trees, results and queued"
                    + " stream messages. A quarter of the heap unless set, and at most half of it. docs/sizing.md"
                    + " explains how to choose it.");

    private static final Setting<Double> MEMORY_SHARE = Setting.shareAboveZero("memory-share")
            .byDefault(MemoryLimits.STANDARD.share())
            .description("The share of `limits.memory` that one network address may hold. Set it to 100% behind a"
                    + " proxy, where all callers have one address.");

    private LimitsSection() {}

    static MemoryLimits readMemory(SectionReader limits) {
        var bytes = limits.find(MEMORY);
        double share = limits.get(MEMORY_SHARE);
        if (bytes != null && bytes > MemoryLimits.max()) {
            limits.refuse(
                    MEMORY,
                    "it is more than half of the heap, which is "
                            + Runtime.getRuntime().maxMemory() + " bytes",
                    "write " + MemoryLimits.max() + " or less, or raise the heap (BREAKWATER_JAVA_OPTS=-Xmx2g)");
        }
        return limits.create(
                () -> new MemoryLimits(bytes == null ? MemoryLimits.STANDARD.bytes() : bytes, share),
                MemoryLimits.STANDARD);
    }

    /** Reads the limits; the largest message is the largest one that the transports accept. */
    static Limits read(SectionReader limits, int message) {
        int resultBytes = Math.toIntExact(limits.get(RESULT_BYTES));
        int pageSize = limits.get(PAGE_SIZE);
        var concurrency = limits.find(CONCURRENCY);
        return new Limits(
                message,
                resultBytes,
                pageSize,
                concurrency == null ? STANDARD.concurrency() : concurrency,
                limits.get(DEADLINE),
                limits.get(STREAM_AFTER),
                limits.get(INPUT_TIMEOUT),
                limits.get(PENDING_INPUTS),
                limits.get(TASK_TTL),
                limits.get(LIST_TTL));
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofMillis(1), Duration.ofDays(30)).byDefault(standard);
    }
}
