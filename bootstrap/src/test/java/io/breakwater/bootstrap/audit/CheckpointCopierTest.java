package io.breakwater.bootstrap.audit;

import static io.breakwater.bootstrap.audit.SampleCheckpoints.LOG;
import static io.breakwater.bootstrap.audit.SampleCheckpoints.ofSize;
import static io.breakwater.bootstrap.audit.SampleCheckpoints.rewritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckpointStore.LogCheckpoint;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryCheckpointStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The copies in a store behind a link that the test cuts, stalls and mends. */
class CheckpointCopierTest {
    private static final CallContext CONTEXT = ManualCallContext.unhurried();

    private final SimulatedLink link = new SimulatedLink();
    private final MemoryCheckpointStore store = new MemoryCheckpointStore(link);
    private final ManualExecutors executors = new ManualExecutors();
    private final CheckpointCopier copier = new CheckpointCopier(new CheckpointTable(store), executors);

    private void pass(Duration time) {
        executors.pass(time);
        executors.runAll();
    }

    private List<Long> copies() {
        return store.find(LOG, CONTEXT).stream().map(LogCheckpoint::size).toList();
    }

    private Dependency.Probe probe() {
        return copier.dependency().probe();
    }

    @Test
    void copiesACheckpointInTheBackground() {
        copier.offer(ofSize(1));
        assertThat(copies()).as("offer does not wait").isEmpty();

        executors.runAll();

        assertThat(store.find(LOG, CONTEXT))
                .containsExactly(new LogCheckpoint(LOG, 1, ofSize(1).note().content()));
    }

    @Test
    void aNewerCheckpointTakesThePlaceOfTheOneThatWaits() {
        link.cut();
        for (int size = 1; size <= 100; size++) {
            copier.offer(ofSize(size));
            executors.runAll();
        }

        link.mend();
        pass(CheckpointCopier.FIRST_PAUSE);

        assertThat(copies()).containsExactly(100L);
    }

    @Test
    void aCheckpointThatArrivesDuringAnAttemptFollows() {
        var copied = new ArrayList<Long>();
        var busy = new AtomicReference<CheckpointCopier>();
        busy.set(new CheckpointCopier(
                new ScriptedDestination(checkpoint -> {
                    copied.add(checkpoint.checkpoint().size());
                    if (copied.size() == 1) {
                        busy.get().offer(ofSize(2));
                    }
                }),
                executors));
        busy.get().offer(ofSize(1));

        executors.runAll();

        assertThat(copied).containsExactly(1L, 2L);
    }

    @Test
    void repeatsFailedAttemptsWithPausesThatGrowToAMinute() {
        var attempts = new AtomicInteger();
        var failing = new CheckpointCopier(
                new ScriptedDestination(checkpoint -> {
                    attempts.incrementAndGet();
                    throw new PortException.UnavailableException("It is down.", null, null);
                }),
                executors);
        failing.offer(ofSize(1));
        executors.runAll();
        assertThat(attempts).hasValue(1);

        for (int second = 0; second < 600; second++) {
            pass(Duration.ofSeconds(1));
        }

        assertThat(attempts.get()).isBetween(12, 30);
    }

    @Test
    void aShortOutageDoesNotDegradeTheServer() {
        link.cut();
        copier.offer(ofSize(1));
        executors.runAll();

        assertThatCode(() -> probe().probe(CONTEXT)).doesNotThrowAnyException();
    }

    @Test
    @CoversOutage("audit log: destination of checkpoints down")
    void aLongOutageDegradesTheServerUntilACopySucceeds() {
        var signals = new AtomicInteger();
        copier.dependency().signal().subscribe(signals::incrementAndGet);
        link.cut();
        copier.offer(ofSize(1));
        executors.runAll();
        pass(CheckpointCopier.TOLERATED);
        assertThatThrownBy(() -> probe().probe(CONTEXT))
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessage("Checkpoints of the audit log cannot be copied: The line was cut by the test.");

        link.mend();
        pass(CheckpointCopier.MAX_PAUSE);

        assertThatCode(() -> probe().probe(CONTEXT)).doesNotThrowAnyException();
        assertThat(signals).as("of the beginning, of its report and of the end").hasValue(3);
        assertThat(copies()).containsExactly(1L);
    }

    @Test
    @CoversOutage("audit log: destination of checkpoints refusing a checkpoint")
    void aRefusalDegradesTheServerAtOnceBecauseTimeDoesNotHelp() {
        copier.offer(ofSize(7));
        executors.runAll();

        copier.offer(rewritten(7));
        executors.runAll();

        assertThatThrownBy(() -> probe().probe(CONTEXT))
                .hasMessageContaining("which the log with 7 entries does not continue")
                .hasMessageContaining("audit verify --against store");
    }

    /** A place that refuses and then does not answer has accepted nothing meanwhile. */
    @Test
    @CoversOutage("audit log: destination of checkpoints refusing a checkpoint")
    void aRefusalIsReportedUntilACopySucceeds() {
        copier.offer(ofSize(7));
        executors.runAll();
        copier.offer(rewritten(7));
        executors.runAll();
        link.cut();
        pass(CheckpointCopier.FIRST_PAUSE);

        assertThatThrownBy(() -> probe().probe(CONTEXT)).hasMessageContaining("The line was cut by the test.");

        link.mend();
        copier.offer(ofSize(8));
        pass(CheckpointCopier.MAX_PAUSE);
        assertThatCode(() -> probe().probe(CONTEXT)).doesNotThrowAnyException();
    }

    @Test
    void anOutageThatBecomesARefusalRequestsAHealthCheckAtOnce() {
        copier.offer(ofSize(7));
        executors.runAll();
        var signals = new AtomicInteger();
        copier.dependency().signal().subscribe(signals::incrementAndGet);
        link.cut();
        copier.offer(rewritten(7));
        executors.runAll();
        assertThat(signals).hasValue(1);

        link.mend();
        pass(CheckpointCopier.FIRST_PAUSE);

        assertThat(signals).hasValue(2);
        assertThatThrownBy(() -> probe().probe(CONTEXT)).hasMessageContaining("does not continue");
    }

    @Test
    void aBugInADestinationDoesNotEndTheCopies() {
        var attempts = new AtomicInteger();
        var faulty = new CheckpointCopier(
                new ScriptedDestination(checkpoint -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("a bug");
                    }
                }),
                executors);
        try (var log = CapturedLog.of(CheckpointCopier.class)) {
            faulty.offer(ofSize(1));
            executors.runAll();
            assertThat(log.lines()).singleElement().asString().contains("because of a bug");
        }

        pass(CheckpointCopier.FIRST_PAUSE);

        assertThat(attempts).hasValue(2);
    }

    @Test
    void metricsCountAttemptsAndMeasureTimes() {
        var metrics = new RecordedMetrics();
        copier.bindTo(metrics);
        pass(Duration.ofSeconds(3));
        assertThat(metrics.values()).containsEntry("mcp_audit_checkpoint_waiting_seconds{destination=store}", 0.0);

        link.cut();
        copier.offer(ofSize(1));
        executors.runAll();
        copier.offer(ofSize(2));
        pass(CheckpointCopier.FIRST_PAUSE.dividedBy(4));
        assertThat(metrics.values())
                .containsEntry("mcp_audit_checkpoint_waiting_seconds{destination=store}", 0.25)
                .containsEntry("mcp_audit_checkpoint_copies_total{destination=store, result=failed}", 1.0);

        link.mend();
        pass(CheckpointCopier.FIRST_PAUSE);
        assertThat(metrics.values())
                .containsEntry("mcp_audit_checkpoint_waiting_seconds{destination=store}", 0.0)
                .containsEntry("mcp_audit_checkpoint_copies_total{destination=store, result=ok}", 1.0);
    }

    @Test
    void closingCopiesTheLastCheckpointWithoutWaitingForThePause() {
        try (var threads = ServerExecutors.standard()) {
            var signals = new AtomicInteger();
            var copies = CheckpointCopies.to(List.of(new CheckpointTable(store)), threads);
            copies.dependencies().getFirst().signal().subscribe(signals::incrementAndGet);
            link.cut();
            copies.offer(ofSize(1));
            Eventually.holds(() -> signals.get() == 1);
            link.mend();
            copies.offer(ofSize(2));

            copies.close();

            assertThat(copies()).contains(2L);
        }
    }

    @Test
    void closingDoesNotWaitForADestinationThatHangs() {
        try (var threads = ServerExecutors.standard();
                var log = CapturedLog.of(CheckpointCopier.class)) {
            var hanging = new CheckpointCopier(new CheckpointTable(store), threads);
            link.stall();
            hanging.offer(ofSize(1));
            Eventually.holds(() -> link.waiting() == 1);

            new CheckpointCopies(List.of(hanging), Duration.ofMillis(10)).close();

            assertThat(log.lines()).singleElement().asString().contains("It is copied at the next start");
            link.mend();
        }
    }

    /** Attempts that the test lets end, each with a failure or a success. */
    private static final class HeldAttempts implements CheckpointDestination {
        private final AtomicInteger begun = new AtomicInteger();
        private final Semaphore ends = new Semaphore(0);
        private final List<Duration> times = new CopyOnWriteArrayList<>();
        private final int failing;
        private final RuntimeException failure;

        private HeldAttempts(int failing, RuntimeException failure) {
            this.failing = failing;
            this.failure = failure;
        }

        private static HeldAttempts unavailable(int failing) {
            return new HeldAttempts(failing, new PortException.UnavailableException("It is down.", null, null));
        }

        @Override
        public String label() {
            return "held";
        }

        @Override
        public String setting() {
            return "audit.held";
        }

        @Override
        public void copy(SignedCheckpoint checkpoint, CallContext context) {
            times.add(context.remaining());
            int number = begun.incrementAndGet();
            ends.acquireUninterruptibly();
            if (number <= failing) {
                throw failure;
            }
        }

        private void await(int attempts) {
            Eventually.holds(() -> begun.get() == attempts);
        }
    }

    @Test
    void closingEndsWithTheAttemptThatRuns() throws Exception {
        try (var threads = new TimedExecutors()) {
            var held = HeldAttempts.unavailable(0);
            var copying = new CheckpointCopier(held, threads);
            copying.offer(ofSize(1));
            held.await(1);
            var closed = CompletableFuture.runAsync(
                    () -> new CheckpointCopies(List.of(copying), Duration.ofDays(1)).close(),
                    task -> Thread.ofVirtual().start(task));

            held.ends.release();

            closed.get(Eventually.SECONDS, TimeUnit.SECONDS);
            assertThat(held.begun).hasValue(1);
        }
    }

    @Test
    void anAttemptThatFailsWhileItClosesIsRepeatedOnce() {
        try (var threads = new TimedExecutors();
                var log = CapturedLog.of(CheckpointCopier.class)) {
            var held = HeldAttempts.unavailable(1);
            var copying = new CheckpointCopier(held, threads);
            copying.offer(ofSize(1));
            held.await(1);
            copying.beginClose();
            held.ends.release(2);

            copying.awaitClose(System.nanoTime() + Eventually.LIMIT.toNanos());

            assertThat(held.begun).hasValue(2);
            assertThat(log.lines()).isEmpty();
            assertThat(held.times)
                    .allSatisfy(time -> assertThat(time).isPositive().isLessThanOrEqualTo(CheckpointCopier.ATTEMPT));
        }
    }

    @Test
    void thereIsNoAttemptAfterItHasClosed() {
        try (var threads = new TimedExecutors();
                var log = CapturedLog.of(CheckpointCopier.class)) {
            var held = HeldAttempts.unavailable(9);
            held.ends.release(9);
            var copying = new CheckpointCopier(held, threads);
            copying.offer(ofSize(1));
            held.await(1);
            threads.awaitIdle();

            new CheckpointCopies(List.of(copying), Eventually.LIMIT).close();
            copying.offer(ofSize(2));
            threads.pass(CheckpointCopier.MAX_PAUSE);
            threads.awaitIdle();

            assertThat(held.begun).hasValue(2);
            assertThat(log.lines()).singleElement().asString().contains("It is copied at the next start");
        }
    }

    /** The timer of these executors cannot be cancelled, like one that waits for the monitor already. */
    @Test
    void aRetryThatComesWhileItClosesStartsNoSecondCopy() {
        try (var threads = new TimedExecutors()) {
            var held = HeldAttempts.unavailable(1);
            held.ends.release();
            var copying = new CheckpointCopier(held, threads);
            copying.offer(ofSize(1));
            held.await(1);
            threads.awaitIdle();
            copying.beginClose();
            held.await(2);

            threads.pass(CheckpointCopier.MAX_PAUSE);
            held.ends.release(2);
            copying.awaitClose(System.nanoTime() + Eventually.LIMIT.toNanos());
            threads.awaitIdle();

            assertThat(held.begun).hasValue(2);
        }
    }

    @Test
    void anAttemptThatEndsAfterItHasClosedIsNotReportedAsABug() {
        try (var threads = new TimedExecutors();
                var log = CapturedLog.of(CheckpointCopier.class)) {
            var held = new HeldAttempts(1, new IllegalStateException("Client is closed"));
            var copying = new CheckpointCopier(held, threads);
            copying.offer(ofSize(1));
            held.await(1);

            new CheckpointCopies(List.of(copying), Duration.ofMillis(1)).close();
            held.ends.release(2);
            threads.awaitIdle();

            assertThat(held.begun).hasValue(1);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN The last checkpoint");
        }
    }

    /** What a destination does with a checkpoint. */
    private record ScriptedDestination(Script script) implements CheckpointDestination {
        @FunctionalInterface
        private interface Script {
            void copy(SignedCheckpoint checkpoint);
        }

        @Override
        public String label() {
            return "script";
        }

        @Override
        public String setting() {
            return "audit.script";
        }

        @Override
        public void copy(SignedCheckpoint checkpoint, CallContext context) {
            script.copy(checkpoint);
        }
    }

    private static final class RecordedMetrics implements MetricSink {
        private final Map<String, DoubleSupplier> metrics = new HashMap<>();

        @Override
        public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            var sorted = new ArrayList<>(labels.entrySet());
            sorted.sort(Map.Entry.comparingByKey());
            metrics.put(
                    name + "{"
                            + String.join(
                                    ", ", sorted.stream().map(Object::toString).toList()) + "}",
                    value);
        }

        @Override
        public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            gauge(name, help, labels, value);
        }

        private Map<String, Double> values() {
            var values = new HashMap<String, Double>();
            metrics.forEach((name, value) -> values.put(name, value.getAsDouble()));
            return values;
        }
    }
}
