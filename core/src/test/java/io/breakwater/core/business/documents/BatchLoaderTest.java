package io.breakwater.core.business.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.settings.DocumentSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private final GatedDocumentStore store = new GatedDocumentStore();
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final BatchLoader loads =
            new BatchLoader(store, new DocumentSettings(3, TIMEOUT), this::start, this::later);

    @Test
    void aLoneLoadGoesAtOnce() throws Exception {
        var load = load("a");

        var trip = store.next();
        assertThat(trip.ids()).containsExactly("a");
        trip.answer();

        assertThat(load.get()).contains(GatedDocumentStore.document("a"));
        assertThat(timers).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        var load = load("a");

        store.next().answerNothing();

        assertThat(load.get()).isEmpty();
    }

    @Test
    void thoseThatComeWhileALoadIsUnderWayShareTheNext() throws Exception {
        var first = load("a");
        var trip = store.next();
        var second = load("b");
        var third = load("c");
        var again = load("c");

        assertThat(store.isQuiet()).isTrue();
        trip.answer();
        var next = store.next();
        assertThat(next.ids()).containsExactlyInAnyOrder("b", "c");
        next.answer();

        assertThat(first.get()).contains(GatedDocumentStore.document("a"));
        assertThat(second.get()).contains(GatedDocumentStore.document("b"));
        assertThat(third.get()).contains(GatedDocumentStore.document("c"));
        assertThat(again.get()).contains(GatedDocumentStore.document("c"));
    }

    @Test
    void noneJoinsALoadThatIsUnderWayAlready() throws Exception {
        var before = load("a");
        var trip = store.next();
        var after = load("a");

        trip.answerNothing();
        store.next().answer();

        assertThat(before.get()).isEmpty();
        assertThat(after.get()).isPresent();
    }

    @Test
    void aFullBatchStartsImmediately() throws Exception {
        var first = load("a");
        var trip = store.next();
        var others = IntStream.range(0, 4).mapToObj(i -> load("b" + i)).toList();

        var batch = store.next();
        assertThat(batch.ids()).hasSize(3);
        assertThat(store.isQuiet()).isTrue();
        batch.answer();
        store.next().answer();
        trip.answer();

        first.get();
        for (var other : others) {
            assertThat(other.get()).isPresent();
        }
    }

    @Test
    void aBatchGoesWhenItsTimeIsOver() throws Exception {
        var first = load("a");
        var slow = store.next();
        var second = load("b");
        assertThat(timers).hasSize(1);

        timers.remove().run();
        var batch = store.next();
        batch.answer();

        assertThat(second.get()).isPresent();
        assertThat(first).isNotDone();
        slow.answer();
        assertThat(first.get()).isPresent();
    }

    @Test
    void aTimerThatComesTooLateStartsNothing() throws Exception {
        var first = load("a");
        var trip = store.next();
        var second = load("b");
        trip.answer();
        var batch = store.next();
        var third = load("c");

        timers.remove().run();

        assertThat(store.isQuiet()).isTrue();
        batch.answer();
        store.next().answer();
        assertThat(first.get()).isPresent();
        assertThat(second.get()).isPresent();
        assertThat(third.get()).isPresent();
    }

    @Test
    void oneThatIsCancelledDoesNotTakeTheOthersAlong() throws Exception {
        var first = load("a");
        var trip = store.next();
        var scope = ManualCallContext.unhurried();
        var unwanted = load("b", scope);
        var wanted = load("c");
        trip.answer();
        var batch = store.next();

        scope.cancel();

        assertLate(unwanted);
        assertThat(batch.scope().cancelled()).isFalse();
        batch.answer();
        assertThat(wanted.get()).isPresent();
        assertThat(first.get()).isPresent();
    }

    @Test
    void doesNotLoadDocumentsOfCancelledCalls() throws Exception {
        var first = load("a");
        var trip = store.next();
        var scope = ManualCallContext.unhurried();
        var unwanted = load("b", scope);
        var wanted = load("c");
        scope.cancel();
        assertLate(unwanted);

        trip.answer();

        var batch = store.next();
        assertThat(batch.ids()).containsExactly("c");
        batch.answer();
        assertThat(wanted.get()).isPresent();
        assertThat(first.get()).isPresent();
    }

    @Test
    void aLoadIsStoppedWhenTheLastHasLeft() throws Exception {
        var first = ManualCallContext.unhurried();
        var second = ManualCallContext.unhurried();
        var before = load("x");
        var trip = store.next();
        var one = load("a", first);
        var other = load("b", second);
        trip.answer();
        before.get();
        var batch = store.next();
        var stopped = new CompletableFuture<Boolean>();
        batch.scope().onCancel(() -> stopped.complete(true));

        first.cancel();
        assertThat(stopped).isNotDone();
        second.cancel();

        assertThat(stopped.get()).isTrue();
        assertThat(batch.scope().cancelled()).isTrue();
        assertLate(one);
        assertLate(other);
        batch.answer();
    }

    @Test
    void aBatchHasAsMuchTimeAsTheMostPatient() throws Exception {
        var before = load("x");
        var trip = store.next();
        var hasty = load("a", ManualCallContext.within(Duration.ofSeconds(20)));
        var patient = load("b", ManualCallContext.within(Duration.ofSeconds(50)));
        trip.answer();

        var batch = store.next();

        assertThat(batch.scope().remaining()).isEqualTo(Duration.ofSeconds(50));
        batch.answer();
        before.get();
        assertThat(hasty.get()).isPresent();
        assertThat(patient.get()).isPresent();
    }

    @Test
    void eachHasItsOwnDeadline() throws Exception {
        var before = load("x");
        var trip = store.next();
        var hasty = load("a", ManualCallContext.within(Duration.ofMillis(50)));
        var patient = load("b");
        assertLate(hasty);

        trip.answer();
        store.next().answer();

        before.get();
        assertThat(patient.get()).isPresent();
    }

    @Test
    void aFailureBelongsToItsBatch() throws Exception {
        var first = load("a");
        var trip = store.next();
        var second = load("b");
        var third = load("c");
        timers.remove().run();
        var batch = store.next();

        batch.fail(new PortException.UnavailableException("away", null, null));

        for (var failed : java.util.List.of(second, third)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(failed::get)
                    .havingCause()
                    .isInstanceOf(PortException.UnavailableException.class)
                    .withMessage("away");
        }
        trip.answer();
        assertThat(first.get()).isPresent();
    }

    @Test
    void anOverloadedServerRejectsOnlyThisLoad() throws Exception {
        full.set(true);
        assertThatThrownBy(() -> loads.load("a", ManualCallContext.unhurried()))
                .isInstanceOf(RejectedExecutionException.class);

        full.set(false);
        var load = load("a");
        store.next().answer();
        assertThat(load.get()).isPresent();
    }

    private CompletableFuture<Optional<Document>> load(String id) {
        return load(id, ManualCallContext.unhurried());
    }

    /** Begins a load on a thread of its own; returns when it waits. */
    private CompletableFuture<Optional<Document>> load(String id, CallContext scope) {
        var outcome = new CompletableFuture<Optional<Document>>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                outcome.complete(loads.load(id, scope));
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        while (thread.getState() != Thread.State.TIMED_WAITING && !outcome.isDone()) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    private static void assertLate(CompletableFuture<?> load) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(load::get)
                .havingCause()
                .isInstanceOf(PortException.DeadlineExceededException.class);
    }

    private void start(Runnable task) {
        if (full.get()) {
            throw new RejectedExecutionException("full");
        }
        Thread.startVirtualThread(task);
    }

    private void later(Duration delay, Runnable task) {
        assertThat(delay).isEqualTo(TIMEOUT);
        timers.add(task);
    }
}
