package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.Tasks.Status;
import io.breakwater.port.driven.Tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Tasks} must do: store tasks for their TTL, and never change one that has ended. */
public abstract class TasksContract {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int THREADS = 16;

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

        assertThat(tasks.create(asking)).isTrue();

        assertThat(tasks.find("id")).contains(asking);
    }

    @Test
    void storesTheOutcomeOfATask() {
        var tasks = make(10);
        var outcome = Json.object().put("isError", false).put("n", Json.of(1)).build();
        tasks.create(task("id"));

        var ended = tasks.update("id", task -> task.asEnded(Status.COMPLETED, "done", outcome, now().plusMillis(1)));

        var expected = task("id").asEnded(Status.COMPLETED, "done", outcome, now().plusMillis(1));
        assertThat(ended).contains(expected);
        assertThat(tasks.find("id")).contains(expected);
    }

    @Test
    void findsNoTaskUnderAnotherId() {
        var tasks = make(10);
        tasks.create(task("id"));

        assertThat(tasks.find("ID")).isEmpty();
        assertThat(tasks.update("other", task -> task.asWorking(now()))).isEmpty();
    }

    @Test
    void findsATaskOnlyForItsPrincipal() {
        var tasks = make(10);
        tasks.create(task("id"));

        assertThat(tasks.find("id", task("id").principal())).contains(task("id"));
        assertThat(tasks.find("id", "another principal")).isEmpty();
        assertThat(tasks.find("other", task("id").principal())).isEmpty();
    }

    @Test
    void rejectsASecondTaskWithTheSameId() {
        var tasks = make(10);
        tasks.create(task("id"));

        assertThat(tasks.create(task("id").waitingFor(Json.Obj.EMPTY, now()))).isFalse();

        assertThat(tasks.find("id")).map(Task::status).contains(Status.WORKING);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void neverChangesATaskThatHasEnded(Status terminal) {
        var tasks = make(10);
        tasks.create(task("id"));
        var ended = tasks.update("id", task -> task.asEnded(terminal, "first", null, now()));

        var again = tasks.update("id", task -> task.asEnded(Status.COMPLETED, "second", Json.of(2), now()));

        assertThat(again).isEqualTo(ended);
        assertThat(tasks.find("id")).isEqualTo(ended);
    }

    @Test
    void onlyOneOfManyThreadsEndsATask() throws Exception {
        var tasks = make(10);
        tasks.create(task("id"));

        var seen = ConcurrentRun.run(
                THREADS,
                thread -> tasks.update(
                        "id", task -> task.asEnded(Status.COMPLETED, "by " + thread, Json.of(thread), now())));

        assertThat(seen).containsOnly(tasks.find("id"));
    }

    @Test
    void losesNoConcurrentUpdate() throws Exception {
        var tasks = make(10);
        tasks.create(task("id"));

        ConcurrentRun.run(THREADS, thread -> {
            IntStream.range(0, 20)
                    .forEach(i -> tasks.update("id", task -> withOneMoreQuestion(task, thread + "/" + i)));
            return true;
        });

        assertThat(tasks.find("id").orElseThrow().inputRequests().members()).hasSize(THREADS * 20);
    }

    @Test
    void concurrentTasksNeverExceedTheLimit() throws Exception {
        var tasks = make(50);

        var created = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 20)
                        .filter(i -> tasks.create(task(thread + "/" + i)))
                        .count());

        assertThat(created.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
    }

    @Test
    void expiredTasksAreRemovedAndNoLongerCount() {
        var tasks = make(1);
        tasks.create(task("id"));
        tasks.update("id", task -> task.asEnded(Status.FAILED, null, null, now()));

        pass(TTL.minusMinutes(1));
        assertThat(tasks.find("id")).isPresent();
        assertThat(tasks.create(task("next"))).isFalse();

        pass(Duration.ofMinutes(2));
        assertThat(tasks.find("id")).isEmpty();
        assertThat(tasks.update("id", task -> task)).isEmpty();
        assertThat(tasks.create(task("next"))).isTrue();
    }

    private static Task withOneMoreQuestion(Task task, String key) {
        var questions = Json.object();
        task.inputRequests().members().forEach(questions::put);
        return task.waitingFor(questions.put(key, Json.Obj.EMPTY).build(), task.lastUpdatedAt());
    }

    private Task task(String id) {
        return new Task(
                id, "anna", Status.WORKING, null, now(), now(), TTL, Duration.ofSeconds(1), Json.Obj.EMPTY, null);
    }
}
