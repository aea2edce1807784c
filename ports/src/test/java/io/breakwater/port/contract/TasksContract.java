package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import io.breakwater.port.driven.UpdateResult;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Tasks} must do: store tasks for their TTL, and replace only the expected state of a task. */
public abstract class TasksContract {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int THREADS = 16;
    private static final CallContext CONTEXT = ManualCallContext.unhurried();

    /** Creates an empty store for at most this number of tasks. */
    protected abstract Tasks make(int total);

    /** Returns the time of the object that {@link #make} created, in whole milliseconds. */
    protected abstract Instant now();

    /** Advances the clock of the object that {@link #make} created, without waiting. */
    protected abstract void pass(Duration time);

    @Test
    void storesAllFieldsOfATask() {
        var tasks = make(10);
        var questions = Json.object()
                .put("name", Json.object().put("method", "elicitation/create").build())
                .build();
        var asking = task("id").waitingFor(questions, now().plusMillis(7));

        assertThat(tasks.create(asking, CONTEXT)).isTrue();

        assertThat(tasks.find("id", CONTEXT)).contains(asking);
    }

    @Test
    void storesATaskWithoutTheNameOfItsTool() {
        var tasks = make(10);
        var unnamed = new Task(
                "id", "anna", Status.WORKING, null, now(), now(), TTL, Duration.ofSeconds(1), Json.Obj.EMPTY, null);

        assertThat(tasks.create(unnamed, CONTEXT)).isTrue();

        assertThat(tasks.find("id", CONTEXT)).contains(unnamed).map(Task::tool).isEmpty();
    }

    @Test
    void storesTheOutcomeOfATask() {
        var tasks = make(10);
        var outcome = Json.object().put("isError", false).put("n", Json.of(1)).build();
        tasks.create(task("id"), CONTEXT);

        var expected = task("id").asEnded(Status.COMPLETED, "done", outcome, now().plusMillis(1));
        assertThat(tasks.update(task("id"), expected, CONTEXT)).isInstanceOf(UpdateResult.Stored.class);
        assertThat(tasks.find("id", CONTEXT)).contains(expected);
    }

    @Test
    void findsNoTaskUnderAnotherId() {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);

        assertThat(tasks.find("ID", CONTEXT)).isEmpty();
        assertThat(tasks.update(task("other"), task("other").asWorking(now()), CONTEXT))
                .isInstanceOf(UpdateResult.NotFound.class);
    }

    @Test
    void findsATaskOnlyForItsPrincipal() {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);

        assertThat(tasks.find("id", task("id").principal(), CONTEXT)).contains(task("id"));
        assertThat(tasks.find("id", "another principal", CONTEXT)).isEmpty();
        assertThat(tasks.find("other", task("id").principal(), CONTEXT)).isEmpty();
    }

    @Test
    void rejectsASecondTaskWithTheSameId() {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);

        assertThat(tasks.create(task("id").waitingFor(Json.Obj.EMPTY, now()), CONTEXT))
                .isFalse();

        assertThat(tasks.find("id", CONTEXT)).map(Task::status).contains(Status.WORKING);
    }

    @Test
    void rejectsAnUpdateOfATaskThatHasChanged() {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);
        var ended = task("id").asEnded(Status.COMPLETED, "first", null, now());
        tasks.update(task("id"), ended, CONTEXT);

        var again = tasks.update(task("id"), task("id").asEnded(Status.FAILED, "second", null, now()), CONTEXT);

        assertThat(again).isEqualTo(new UpdateResult.Conflict<>(ended));
        assertThat(tasks.find("id", CONTEXT)).contains(ended);
    }

    @Test
    void onlyOneOfManyThreadsEndsATask() throws Exception {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);

        var results = ConcurrentRun.run(
                THREADS,
                thread -> tasks.update(
                        task("id"),
                        task("id").asEnded(Status.COMPLETED, "by " + thread, Json.of(thread), now()),
                        CONTEXT));

        assertThat(results).filteredOn(UpdateResult.Stored.class::isInstance).hasSize(1);
        var stored = tasks.find("id", CONTEXT).orElseThrow();
        assertThat(results)
                .filteredOn(UpdateResult.Conflict.class::isInstance)
                .containsOnly(new UpdateResult.Conflict<>(stored))
                .hasSize(THREADS - 1);
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var tasks = make(10);
        tasks.create(task("id"), CONTEXT);

        ConcurrentRun.run(THREADS, thread -> {
            IntStream.range(0, 20).forEach(i -> addQuestion(tasks, thread + "/" + i));
            return true;
        });

        assertThat(tasks.find("id", CONTEXT).orElseThrow().inputRequests().members())
                .hasSize(THREADS * 20);
    }

    @Test
    void concurrentTasksNeverExceedTheLimit() throws Exception {
        var tasks = make(50);

        var created = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 20)
                        .filter(i -> tasks.create(task(thread + "/" + i), CONTEXT))
                        .count());

        assertThat(created.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
    }

    @Test
    void expiredTasksAreRemovedAndNoLongerCount() {
        var tasks = make(1);
        var expiring = task("id");
        tasks.create(expiring, CONTEXT);
        tasks.update(task("id"), task("id").asEnded(Status.FAILED, null, null, now()), CONTEXT);

        pass(TTL.minusMinutes(1));
        assertThat(tasks.find("id", CONTEXT)).isPresent();
        assertThat(tasks.create(task("next"), CONTEXT)).isFalse();

        pass(Duration.ofMinutes(2));
        assertThat(tasks.find("id", CONTEXT)).isEmpty();
        assertThat(tasks.update(expiring, expiring, CONTEXT)).isInstanceOf(UpdateResult.NotFound.class);
        assertThat(tasks.create(task("next"), CONTEXT)).isTrue();
    }

    /** Adds a client request, again after each conflict. */
    private static void addQuestion(Tasks tasks, String key) {
        var known = tasks.find("id", CONTEXT).orElseThrow();
        while (tasks.update(known, withOneMoreQuestion(known, key), CONTEXT)
                instanceof UpdateResult.Conflict<Task>(var other)) {
            known = other;
        }
    }

    private static Task withOneMoreQuestion(Task task, String key) {
        var questions = Json.object();
        task.inputRequests().members().forEach(questions::put);
        return task.waitingFor(questions.put(key, Json.Obj.EMPTY).build(), task.lastUpdatedAt());
    }

    private Task task(String id) {
        return new Task(
                id,
                "anna",
                "export",
                Status.WORKING,
                null,
                now(),
                now(),
                TTL,
                Duration.ofSeconds(1),
                Json.Obj.EMPTY,
                null);
    }
}
