package io.breakwater.core.data.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.contract.TasksContract;
import io.breakwater.port.driven.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class MemoryTasksTest extends TasksContract {
    private final HandClock clock = new HandClock();

    @Override
    protected Tasks make(int total) {
        return new MemoryTasks(new Limits(total, total, 1 << 20), clock);
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
        var tasks = new MemoryTasks(new Limits(10, 1, 1 << 20), clock);

        assertThat(tasks.create(task("1", "anna", Duration.ofMinutes(1)))).isTrue();
        assertThat(tasks.create(task("2", "anna", Duration.ofMinutes(1)))).isFalse();
        assertThat(tasks.create(task("2", "berta", Duration.ofMinutes(1)))).isTrue();
    }

    @Test
    void keepsATaskWhoseTimeNeverEnds() {
        var tasks = make(1);
        tasks.create(task("1", "anna", ChronoUnit.FOREVER.getDuration()));

        pass(Duration.ofDays(10_000));

        assertThat(tasks.find("1")).isPresent();
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
