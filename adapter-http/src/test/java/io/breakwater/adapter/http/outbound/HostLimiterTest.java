package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import org.junit.jupiter.api.Test;

class HostLimiterTest {
    private final HostLimiter limiter = new HostLimiter(1, 2);

    @Test
    void requestsWaitInOrder() {
        var running = limiter.acquire("a");
        var first = limiter.acquire("a");
        var second = limiter.acquire("a");
        assertThat(running.granted()).isCompleted();
        assertThat(first.granted()).isNotDone();

        running.close();

        assertThat(first.granted()).isCompleted();
        assertThat(second.granted()).isNotDone();
    }

    @Test
    void hostsDoNotWaitForEachOther() {
        limiter.acquire("a");

        assertThat(limiter.acquire("b").granted()).isCompleted();
    }

    @Test
    void refusesARequestWhenTooManyWait() {
        limiter.acquire("a");
        limiter.acquire("a");
        limiter.acquire("a");

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> limiter.acquire("a"))
                .matches(refused -> refused.reason() == PortException.RefusedException.Reason.OVERLOADED)
                .withMessage("Too many concurrent requests to a: 1 run and 2 wait. Retry later.");
    }

    @Test
    void aRequestThatStopsWaitingIsSkipped() {
        var running = limiter.acquire("a");
        var impatient = limiter.acquire("a");
        var patient = limiter.acquire("a");

        impatient.close();
        running.close();

        assertThat(impatient.granted()).isNotDone();
        assertThat(patient.granted()).isCompleted();
    }

    @Test
    void forgetsHostsWithoutRequests() {
        for (int host = 0; host < 1_000; host++) {
            limiter.acquire("host" + host).close();
        }

        assertThat(limiter.size()).isZero();
    }
}
