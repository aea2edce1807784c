package io.breakwater.core.business.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.data.session.MemoryTasks;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change that meets another change is applied again, until it is stored or the time of its call has passed. */
class ConflictingUpdatesTest {
    private static final CallContext CONTEXT = ManualCallContext.unhurried();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Session SESSION = new Session(
            "id", "2025-11-25", "anna", Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), Instant.EPOCH);
    private static final Task TASK = new Task(
            "id",
            "anna",
            Status.WORKING,
            null,
            NOW,
            NOW,
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Json.Obj.EMPTY,
            null);

    private final CapacityLimiter capacity = new CapacityLimiter(10, 10, 1 << 20);
    private final MemorySessions storedSessions =
            new MemorySessions(capacity, Duration.ofMinutes(30), System::nanoTime);
    private final SessionService sessions = new SessionService(storedSessions);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final MemoryTasks storedTasks = new MemoryTasks(new CapacityLimiter(10, 10, 1 << 20), clock);
    private final TaskService tasks = new TaskService(storedTasks);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aChangeOfASessionKeepsTheChangeThatCameFirst() {
        sessions.open(SESSION, CONTEXT);

        var changed = sessions.change(SESSION, afterOthers(1, session -> session.withLogLevel("debug")), CONTEXT);

        assertThat(changed).contains(SESSION.asInitialized().withLogLevel("debug"));
        assertThat(storedSessions.find("id", CONTEXT)).isEqualTo(changed);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aChangeOfASessionThatHasEndedIsNotStored() {
        assertThat(sessions.change(SESSION, Session::asInitialized, CONTEXT)).isEmpty();
    }

    @Test
    void aChangeIsNotRepeatedAfterTheDeadline() {
        sessions.open(SESSION, CONTEXT);
        var late = ManualCallContext.within(Duration.ZERO);

        assertThatThrownBy(
                        () -> sessions.change(SESSION, afterOthers(9, session -> session.withLogLevel("debug")), late))
                .isInstanceOf(PortException.DeadlineExceededException.class);
        assertThat(attempts).hasValue(1);
    }

    /** A change before which other changes come first. */
    private UnaryOperator<Session> afterOthers(int conflicts, UnaryOperator<Session> change) {
        return known -> {
            if (attempts.getAndIncrement() < conflicts) {
                var stored = storedSessions.find("id", CONTEXT).orElseThrow();
                storedSessions.update(stored, stored.asInitialized(), CONTEXT);
            }
            return change.apply(known);
        };
    }

    @Test
    void aChangeOfATaskIsAppliedToTheChangeThatCameFirst() {
        tasks.create(TASK, CONTEXT);
        var first = TASK.waitingFor(Json.object().put("key", "value").build(), NOW.plusSeconds(1));

        var change = tasks.update(
                "id",
                before -> {
                    if (attempts.getAndIncrement() == 0) {
                        storedTasks.update(before, first, CONTEXT);
                    }
                    return before.asWorking(before.lastUpdatedAt().plusSeconds(1));
                },
                CONTEXT);

        assertThat(change).isEqualTo(new TaskChange.Stored(first.asWorking(NOW.plusSeconds(2))));
        assertThat(attempts).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void aTaskThatHasEndedNeverChanges(Status terminal) {
        tasks.create(TASK, CONTEXT);
        var ended = TASK.asEnded(terminal, "first", null, NOW);
        tasks.update("id", before -> ended, CONTEXT);

        var again = tasks.update("id", before -> before.asEnded(Status.COMPLETED, "second", null, NOW), CONTEXT);

        assertThat(again).isEqualTo(new TaskChange.Ended());
        assertThat(storedTasks.find("id", CONTEXT)).contains(ended);
    }

    @Test
    void aTaskThatEndsDuringAChangeDoesNotChange() {
        tasks.create(TASK, CONTEXT);
        var ended = TASK.asEnded(Status.CANCELLED, null, null, NOW);

        var change = tasks.update(
                "id",
                before -> {
                    storedTasks.update(before, ended, CONTEXT);
                    return before.asEnded(Status.COMPLETED, null, null, NOW);
                },
                CONTEXT);

        assertThat(change).isEqualTo(new TaskChange.Ended());
        assertThat(storedTasks.find("id", CONTEXT)).contains(ended);
    }
}
