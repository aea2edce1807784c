package io.breakwater.core.data.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreaker;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.Services.State;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstanceTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final Instance instance = instance(true);

    private Instance instance(boolean checked) {
        var breaker = CircuitBreaker.builder()
                .withFailureThreshold(2)
                .withDelay(Duration.ofMinutes(1))
                .withSuccessThreshold(1)
                .build()
                .getConfig();
        return new Instance(new Endpoint(false, "a", 8080, null), 0, breaker, checked, changes::incrementAndGet);
    }

    private void open() {
        instance.begin().failed("the response had the status 500.");
        instance.begin().failed("the response had the status 502.");
        assertThat(instance.state()).isEqualTo(State.OPEN);
    }

    @Test
    void isNotKnownBeforeItsFirstCheckAndGetsCalls() {
        assertThat(instance.isKnown()).isFalse();
        assertThat(instance.isAvailable()).isTrue();
        instance.checked(null);
        assertThat(instance.isKnown()).isTrue();
        assertThat(instance(false).isKnown()).isTrue();
    }

    @Test
    void isKnownAfterACallThatSucceeds() {
        instance.begin().failed("the response had the status 500.");
        assertThat(instance.isKnown()).isFalse();
        instance.begin().succeeded();
        assertThat(instance.isKnown()).isTrue();
    }

    @Test
    void reportsEachChangeOfItsStateAndNothingElse() {
        instance.checked(null);
        instance.checked(null);
        instance.begin().succeeded();
        assertThat(changes).as("the first check").hasValue(1);
        instance.checked("It is down.");
        instance.checked("It is down.");
        assertThat(changes).as("the failed check").hasValue(2);
        instance.checked(null);
        assertThat(changes).as("the recovery").hasValue(3);
        open();
        assertThat(changes).as("the open breaker").hasValue(4);
    }

    @Test
    void itsCauseIsTheLatestFailure() {
        open();

        assertThat(instance.status().cause())
                .isEqualTo(
                        "Its latest calls failed: the response had the status 502. It is tried again after a pause.");
    }

    @Test
    void aCheckThatSucceedsAfterAFailedOneAdmitsOneProbe() {
        instance.checked(null);
        open();
        instance.checked(null);
        assertThat(instance.isProbeDue())
                .as("after a check that has always succeeded")
                .isFalse();
        instance.checked("It is down.");
        instance.checked(null);

        assertThat(instance.isProbeDue()).isTrue();
        assertThat(instance.isAvailable()).isFalse();
        var probe = Objects.requireNonNull(instance.beginProbe());
        assertThat(instance.beginProbe()).isNull();
        probe.succeeded();
        assertThat(instance.isAvailable()).isTrue();
    }

    @Test
    void aProbeThatFailsIsFollowedByTheWholePause() {
        open();
        instance.checked("It is down.");
        instance.checked(null);
        Objects.requireNonNull(instance.beginProbe()).failed("the response had the status 500.");
        for (int i = 0; i < 10; i++) {
            instance.checked(null);
            assertThat(instance.isProbeDue()).isFalse();
        }
        assertThat(instance.pause()).isGreaterThan(Duration.ofSeconds(50));
    }
}
