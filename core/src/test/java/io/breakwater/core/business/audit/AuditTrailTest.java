package io.breakwater.core.business.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.AuditLogContract;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryAuditLog;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private final SimulatedLink link = new SimulatedLink();
    private final MemoryAuditLog log = new MemoryAuditLog(link);
    private final ManualExecutors executors = new ManualExecutors();
    private final CallContext context = ManualCallContext.unhurried();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final AuditTrail trail = trail(executors.virtualThreads());

    private AuditTrail trail(Executor threads) {
        return trail(log, threads);
    }

    private AuditTrail trail(AuditLog log, Executor threads) {
        return trail(log, threads, AuditTrail.LAST_WRITE);
    }

    private AuditTrail trail(AuditLog log, Executor threads, Duration lastWrite) {
        var listener = new AuditListener() {
            @Override
            public void losesEntries(String reason) {
                losses.add("loses: " + reason);
            }

            @Override
            public void lostEntries(long number) {
                losses.add("lost " + number);
            }

            @Override
            public void lostAtClose(long number, String reason) {
                losses.add("lost " + number + " at the end: " + reason);
            }
        };
        return new AuditTrail(log, threads(threads), listener, lastWrite);
    }

    private AuditThreads threads(Executor threads) {
        return new AuditThreads() {
            @Override
            public void start(Runnable task) {
                threads.execute(task);
            }

            @Override
            public void after(Duration delay, Runnable task) {
                synchronized (executors) { // the test lets the time pass on another thread
                    executors.schedule(delay, task);
                }
            }

            @Override
            public Instant now() {
                return executors.clock().instant();
            }

            @Override
            public long nanoTime() {
                synchronized (executors) {
                    return executors.nanoTime();
                }
            }
        };
    }

    private static double lostTotal(AuditTrail trail) {
        var total = new AtomicReference<DoubleSupplier>(() -> -1);
        trail.bindTo(new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                // only the counter is of interest
            }

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                if (name.equals("mcp_audit_lost_total")) {
                    total.set(value);
                }
            }
        });
        return total.get().getAsDouble();
    }

    private static AuditEntry entry(int number) {
        return AuditLogContract.entry("call-" + number);
    }

    private void pass(Duration time) {
        synchronized (executors) {
            executors.pass(time);
        }
        executors.runAll();
    }

    private static void record(AuditTrail trail, int from, int to) {
        for (int i = from; i < to; i++) {
            trail.record(entry(i));
        }
    }

    @Test
    void writesTheEntriesOfAMomentTogether() {
        record(trail, 0, 3);
        executors.runAll();
        assertThat(log.entries()).isEmpty();

        pass(AuditTrail.BATCH_DELAY);

        assertThat(log.entries()).containsExactly(entry(0), entry(1), entry(2));
        assertThat(log.durableWrites()).isZero();
    }

    @Test
    void doesNotWaitForTheMomentWhenManyEntriesWait() {
        record(trail, 0, AuditQueue.MAX_BATCH);
        executors.runAll();

        assertThat(log.entries()).hasSize(AuditQueue.MAX_BATCH);
    }

    /** Otherwise a busy server would write batches of one or two entries, each with the cost of a whole batch. */
    @Test
    void entriesThatArriveDuringAWriteWaitForTheNextMoment() {
        var busy = new BusyLog(2 * AuditQueue.MAX_BATCH);
        var server = trail(busy, executors.virtualThreads());
        busy.onAppend = () -> record(server, 1, 2);
        record(server, 0, 1);

        for (int moment = 1; moment <= 10; moment++) {
            pass(AuditTrail.BATCH_DELAY);
            assertThat(busy.batches).hasSize(moment);
        }
    }

    @Test
    void entriesThatFillABatchDuringAWriteDoNotWait() {
        var busy = new BusyLog(3);
        var server = trail(busy, executors.virtualThreads());
        busy.onAppend = () -> record(server, 0, AuditQueue.MAX_BATCH);
        record(server, 0, 1);

        pass(AuditTrail.BATCH_DELAY);

        assertThat(busy.batches).containsExactly(1, AuditQueue.MAX_BATCH, AuditQueue.MAX_BATCH, AuditQueue.MAX_BATCH);
    }

    @Test
    void aTimerThatAFullBatchOvertookStartsNoWrite() {
        var busy = new BusyLog(0);
        var server = trail(busy, executors.virtualThreads());
        record(server, 0, AuditQueue.MAX_BATCH);
        executors.runAll();
        pass(AuditTrail.BATCH_DELAY.dividedBy(2));
        record(server, 0, 1);

        pass(AuditTrail.BATCH_DELAY.dividedBy(2)); // the timer of the first entry
        assertThat(busy.batches).containsExactly(AuditQueue.MAX_BATCH);
        pass(AuditTrail.BATCH_DELAY.dividedBy(2));
        assertThat(busy.batches).containsExactly(AuditQueue.MAX_BATCH, 1);
    }

    @Test
    void aDurableEntryIsInTheLogWhenTheCallContinues() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));

        threaded.recordDurably(entry(1), context);

        assertThat(log.entries()).contains(entry(1));
        assertThat(log.durableWrites()).isEqualTo(1);
    }

    @Test
    void callsThatWaitTogetherShareAWrite() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.stall();
        var calls = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            calls.add(CompletableFuture.runAsync(
                    () -> threaded.recordDurably(entry(number), context),
                    task -> Thread.ofVirtual().start(task)));
        }
        Eventually.holds(() -> link.waiting() == 1);

        link.mend();
        calls.forEach(CompletableFuture::join);

        assertThat(log.entries()).hasSize(50);
        assertThat(log.durableWrites()).isLessThanOrEqualTo(50);
    }

    @Test
    void keepsEntriesDuringAnOutageAndWritesThemAfterwardsInOrder() {
        link.cut();
        record(trail, 0, 2);
        pass(AuditTrail.BATCH_DELAY);
        assertThat(trail.isFailing()).isTrue();
        record(trail, 2, 4);

        link.mend();
        pass(AuditTrail.FIRST_PAUSE);

        assertThat(log.entries()).containsExactly(entry(0), entry(1), entry(2), entry(3));
        assertThat(trail.isFailing()).isFalse();
    }

    @Test
    void recoversWithoutNewEntries() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.cut();
        assertThatThrownBy(() -> threaded.recordDurably(entry(9), context))
                .isInstanceOf(PortException.UnavailableException.class);
        Eventually.holds(threaded::isFailing);

        link.mend();
        Eventually.holds(() -> {
            pass(AuditTrail.MAX_PAUSE);
            return !threaded.isFailing();
        });

        assertThat(log.entries()).as("the entry of the refused call").isEmpty();
    }

    @Test
    void failsADurableEntryAtOnceWhileTheLogIsKnownToFail() {
        link.cut();
        record(trail, 0, 1);
        pass(AuditTrail.BATCH_DELAY);

        assertThatThrownBy(() -> trail.recordDurably(entry(1), context))
                .isInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    @CoversOutage("audit log: audit folder frozen")
    void aCallDoesNotWaitForALogThatHangsLongerThanItsDeadline() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.stall();

        assertThatThrownBy(() -> threaded.recordDurably(entry(1), ManualCallContext.within(Duration.ofMillis(5))))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("did not respond in time");
        link.mend();
    }

    @Test
    @CoversOutage("audit log: audit folder frozen")
    void aLogThatHangsCountsAsFailingUntilItAnswers() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.stall();
        threaded.record(entry(0));
        pass(AuditTrail.BATCH_DELAY);
        Eventually.holds(() -> link.waiting() == 1);
        pass(AuditTrail.MAX_WAIT);
        assertThat(threaded.isFailing()).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(threaded.isFailing()).isTrue();
        assertThatThrownBy(() -> threaded.recordDurably(entry(1), context))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("has not accepted an entry for 10 s");
        assertThatThrownBy(() -> threaded.dependency().probe().probe(context))
                .hasMessageContaining("check its file system");

        link.mend();
        Eventually.holds(() -> !threaded.isFailing());
        assertThat(log.entries()).containsExactly(entry(0));
    }

    @Test
    @CoversOutage("audit log: audit folder away for more than 8,192 entries")
    void aFullQueueLosesTheNewestEntriesAndTheLogSaysHowMany() {
        link.cut();
        record(trail, 0, AuditQueue.CAPACITY + 5);
        pass(AuditTrail.BATCH_DELAY);

        link.mend();
        pass(AuditTrail.MAX_PAUSE);
        pass(AuditTrail.BATCH_DELAY);

        var expected = new ArrayList<AuditEntry>();
        expected.add(new AuditEntry.Lost(Instant.EPOCH, 5));
        for (int i = 0; i < AuditQueue.CAPACITY; i++) {
            expected.add(entry(i));
        }
        assertThat(log.entries().stream().map(AuditTrailTest::withoutTime)).containsExactlyElementsOf(expected);
    }

    private static AuditEntry withoutTime(AuditEntry entry) {
        return entry instanceof AuditEntry.Lost lost ? new AuditEntry.Lost(Instant.EPOCH, lost.entries()) : entry;
    }

    @Test
    void saysOnceThatTheLogFailsAndOnceThatItWorksAgain() {
        var states = new ArrayList<Boolean>();
        trail.dependency().signal().subscribe(() -> states.add(trail.isFailing()));
        link.cut();
        record(trail, 0, 1);
        for (int i = 0; i < 5; i++) {
            pass(AuditTrail.MAX_PAUSE);
        }
        assertThatThrownBy(() -> trail.dependency().probe().probe(context))
                .isInstanceOf(PortException.UnavailableException.class);

        link.mend();
        pass(AuditTrail.MAX_PAUSE);

        assertThat(states).containsExactly(true, false);
    }

    @Test
    void writesTheRestWhenItIsClosed() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        record(threaded, 0, 3);

        threaded.close();

        assertThat(log.entries()).containsExactly(entry(0), entry(1), entry(2));
        assertThatThrownBy(() -> threaded.recordDurably(entry(4), context))
                .isInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    @CoversOutage("audit log: audit folder not writable when the server stops")
    void saysHowManyEntriesAreLostIfTheLogCannotBeWrittenAtTheEnd() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.cut();
        record(threaded, 0, 134);

        assertThat(threaded.close()).isFalse();

        assertThat(losses).containsExactly("lost 134 at the end: The line was cut by the test.");
        assertThat(lostTotal(threaded)).isEqualTo(134);
        assertThat(threaded.close()).as("closed again").isFalse();
        assertThat(losses).hasSize(1);
    }

    @Test
    void theEndCountsAlsoEntriesThatWereLostBefore() {
        var inline = trail(Runnable::run);
        link.cut();
        record(inline, 0, AuditQueue.CAPACITY + 5);

        assertThat(inline.close()).isFalse();

        assertThat(losses)
                .containsExactly(
                        "loses: The line was cut by the test.",
                        "lost " + (AuditQueue.CAPACITY + 5) + " at the end: The line was cut by the test.");
        assertThat(lostTotal(inline)).isEqualTo(AuditQueue.CAPACITY + 5);
    }

    @Test
    void anOutageThatEndsBeforeTheServerStopsLosesNothing() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.cut();
        record(threaded, 0, AuditQueue.MAX_BATCH);
        Eventually.holds(threaded::isFailing);
        link.mend();

        assertThat(threaded.close()).isTrue();

        assertThat(log.entries()).hasSize(AuditQueue.MAX_BATCH);
        assertThat(losses).isEmpty();
    }

    /** A second write would wait for the same disk, and would make the first one look new. */
    @Test
    @CoversOutage("audit log: audit folder not writable when the server stops")
    void closingDoesNotWaitForALogThatHangsAndStartsNoSecondWrite() {
        var threads = new AtomicInteger();
        var threaded = trail(
                log,
                task -> {
                    threads.incrementAndGet();
                    Thread.ofVirtual().start(task);
                },
                Duration.ofMillis(10));
        var signals = new AtomicInteger();
        threaded.dependency().signal().subscribe(signals::incrementAndGet);
        link.stall();
        record(threaded, 0, AuditQueue.MAX_BATCH);
        Eventually.holds(() -> link.waiting() == 1);
        record(threaded, 0, 3);
        pass(AuditTrail.MAX_WAIT.plusMillis(1));
        assertThat(signals).hasValue(1);

        assertThat(threaded.close()).isFalse();

        assertThat(threads).hasValue(1);
        assertThat(losses)
                .containsExactly("lost " + (AuditQueue.MAX_BATCH + 3)
                        + " at the end: The audit log has not accepted an entry for 10 s: check its file system.");
        link.mend();
        Eventually.holds(() -> log.entries().size() == AuditQueue.MAX_BATCH);
        Eventually.holds(() -> !threaded.isFailing());
        assertThat(signals).as("a log that is closed is not up again").hasValue(1);
    }

    @Test
    void theWriterThatRunsWritesBeforeTheLastOne() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        link.stall();
        record(threaded, 0, AuditQueue.MAX_BATCH);
        Eventually.holds(() -> link.waiting() == 1);
        record(threaded, AuditQueue.MAX_BATCH, AuditQueue.MAX_BATCH + 3);
        var closed = CompletableFuture.supplyAsync(
                threaded::close, task -> Thread.ofVirtual().start(task));
        link.mend();

        assertThat(closed.join()).isTrue();
        assertThat(log.entries()).hasSize(AuditQueue.MAX_BATCH + 3).endsWith(entry(AuditQueue.MAX_BATCH + 2));
    }

    @Test
    @CoversOutage("audit log: audit folder frozen")
    void requestsAHealthCheckWhenAWriteTakesTooLongAndWhenItEnds() {
        var hangs = new AtomicBoolean();
        var threaded = trail(task -> {
            if (hangs.get()) {
                Thread.ofVirtual().start(task);
            } else {
                task.run();
            }
        });
        var states = new CopyOnWriteArrayList<Boolean>();
        threaded.dependency().signal().subscribe(() -> states.add(threaded.isFailing()));
        threaded.record(entry(0)); // its timer must not be taken for that of the next write
        pass(AuditTrail.BATCH_DELAY.plusSeconds(4));
        assertThat(log.entries()).hasSize(1);
        hangs.set(true);
        link.stall();
        threaded.record(entry(1));
        pass(AuditTrail.BATCH_DELAY);
        Eventually.holds(() -> link.waiting() == 1);

        pass(AuditTrail.MAX_WAIT);
        assertThat(states).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(states).containsExactly(true);

        link.mend();
        Eventually.holds(() -> states.size() == 2);
        assertThat(states).containsExactly(true, false);
    }

    @Test
    @CoversOutage("audit log: audit folder away for more than 8,192 entries")
    void tellsOnceThatEntriesAreLostAndOnceHowMany() {
        link.cut();
        record(trail, 0, AuditQueue.CAPACITY);
        pass(AuditTrail.BATCH_DELAY);
        assertThat(losses).isEmpty();
        for (int moment = 0; moment < 5; moment++) {
            record(trail, 0, 10);
            pass(AuditTrail.MAX_PAUSE);
        }
        assertThat(losses).containsExactly("loses: The line was cut by the test.");

        link.mend();
        pass(AuditTrail.MAX_PAUSE);
        assertThat(losses).containsExactly("loses: The line was cut by the test.", "lost 50");

        link.cut();
        record(trail, 0, AuditQueue.CAPACITY + 1);
        assertThat(losses).as("in the next outage").hasSize(3);
    }

    @Test
    void losesNothingUnderConcurrency() {
        var threaded = trail(task -> Thread.ofVirtual().start(task));
        var calls = new ArrayList<CompletableFuture<Void>>();
        for (int thread = 0; thread < 8; thread++) {
            int first = thread * 1_000;
            calls.add(CompletableFuture.runAsync(() -> {
                for (int i = first; i < first + 500; i++) {
                    if (i % 100 == 0) {
                        threaded.recordDurably(entry(i), context);
                    } else {
                        threaded.record(entry(i));
                    }
                }
            }));
        }
        calls.forEach(CompletableFuture::join);
        threaded.close();

        assertThat(List.copyOf(log.entries())).hasSize(4_000).doesNotHaveDuplicates();
    }

    /** A log that receives further entries while it is written; it records the sizes of the batches. */
    private static final class BusyLog implements AuditLog {
        private final List<Integer> batches = new ArrayList<>();
        private Runnable onAppend = () -> {};
        private int times;

        private BusyLog(int times) {
            this.times = times;
        }

        @Override
        public String name() {
            return "busy/log";
        }

        @Override
        public String digest(byte[] arguments) {
            return "";
        }

        @Override
        public void append(List<? extends AuditEntry> entries, Durability durability) {
            batches.add(entries.size());
            if (times-- > 0) {
                onAppend.run();
            }
        }
    }

    @Test
    void digestsAreThoseOfTheLog() {
        assertThat(trail.digest("x".getBytes(UTF_8))).isEqualTo(log.digest("x".getBytes(UTF_8)));
    }
}
