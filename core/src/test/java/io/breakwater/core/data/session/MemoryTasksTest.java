package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.contract.TasksContract;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.UpdateResult;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTasksTest extends TasksContract {
    private static final CallContext CONTEXT = ManualCallContext.unhurried();

    private final HandClock clock = new HandClock();

    @Override
    protected Tasks make(int total) {
        return new MemoryTasks(new CapacityLimiter(total, total, 1 << 20), clock);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void keepsTheBoundPerPrincipal() {
        var tasks = new MemoryTasks(new CapacityLimiter(10, 1, 1 << 20), clock);

        assertThat(tasks.create(task("1", "anna", Duration.ofMinutes(1)), CONTEXT))
                .isTrue();
        assertThat(tasks.create(task("2", "anna", Duration.ofMinutes(1)), CONTEXT))
                .isFalse();
        assertThat(tasks.create(task("2", "berta", Duration.ofMinutes(1)), CONTEXT))
                .isTrue();
    }

    @Test
    void keepsATaskWhoseTimeNeverEnds() {
        var tasks = make(1);
        tasks.create(task("1", "anna", ChronoUnit.FOREVER.getDuration()), CONTEXT);

        pass(Duration.ofDays(10_000));

        assertThat(tasks.find("1", CONTEXT)).isPresent();
    }

    @Test
    void boundsTheOutcomesOfAllTasksTogether() {
        var tasks = new MemoryTasks(new CapacityLimiter(4, 4, 40_000), clock);
        for (var id : Set.of("1", "2")) {
            assertThat(tasks.create(task(id, "anna", Duration.ofMinutes(1)), CONTEXT))
                    .isTrue();
        }

        assertThat(ended(tasks, "1", 25_000)).isEqualTo(Tasks.Status.COMPLETED);
        assertThat(ended(tasks, "2", 25_000)).isEqualTo(Tasks.Status.WORKING);
        assertThat(ended(tasks, "2", 1_000)).isEqualTo(Tasks.Status.COMPLETED);

        pass(Duration.ofMinutes(1));
        assertThat(tasks.create(task("3", "anna", Duration.ofMinutes(1)), CONTEXT))
                .isTrue();
        assertThat(ended(tasks, "3", 35_000)).isEqualTo(Tasks.Status.COMPLETED);
    }

    @Test
    void aNewTaskReservesMemoryForAnOrdinaryResult() {
        var tasks = new MemoryTasks(new CapacityLimiter(10, 10, 40_000), clock);
        tasks.create(task("1", "anna", Duration.ofMinutes(1)), CONTEXT);
        ended(tasks, "1", 35_000);

        assertThat(tasks.create(task("2", "anna", Duration.ofMinutes(1)), CONTEXT))
                .isTrue();
        assertThat(tasks.create(task("3", "anna", Duration.ofMinutes(1)), CONTEXT))
                .isFalse();
        assertThat(ended(tasks, "2", 3_500)).isEqualTo(Tasks.Status.COMPLETED);
    }

    @Test
    void boundsTheQuestionsOfATask() {
        var tasks = new MemoryTasks(new CapacityLimiter(1, 1, 40_000), clock);
        tasks.create(task("1", "anna", Duration.ofMinutes(1)), CONTEXT);
        var form = Json.object().put("message", "?".repeat(20_000)).build();

        var known = tasks.find("1", CONTEXT).orElseThrow();
        var asking = known.waitingFor(Json.object().put("key", form).build(), now());

        assertThat(tasks.update(known, asking, CONTEXT)).isInstanceOf(UpdateResult.LimitReached.class);
        assertThat(tasks.find("1", CONTEXT)).contains(known);
    }

    private Tasks.Status ended(Tasks tasks, String id, int bytes) {
        var outcome = new Json.Raw(new byte[bytes]);
        var known = tasks.find(id, CONTEXT).orElseThrow();
        tasks.update(known, known.asEnded(Tasks.Status.COMPLETED, null, outcome, now()), CONTEXT);
        return tasks.find(id, CONTEXT).orElseThrow().status();
    }

    private Tasks.Task task(String id, String principal, Duration ttl) {
        return new Tasks.Task(
                id,
                principal,
                Tasks.Status.WORKING,
                null,
                now(),
                now(),
                ttl,
                Duration.ofSeconds(1),
                Json.Obj.EMPTY,
                null);
    }
}
