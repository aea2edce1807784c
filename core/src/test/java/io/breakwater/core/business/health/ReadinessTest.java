package io.breakwater.core.business.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.Readiness.Answer;
import io.breakwater.port.PortException;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final ManualBackground background = new ManualBackground();
    private final Health health = new Health(
            HealthSettings.standard(),
            new ServerInfo("1", "test"),
            new FixedTraffic(),
            () -> new HostMetrics.Reading(-1, -1, -1),
            background,
            (before, now, cause) -> {});
    private final Readiness readiness = new Readiness(health);

    @Test
    void startsUntilToldOtherwise() {
        assertThat(readiness.now()).isEqualTo(Answer.STARTING);
        readiness.started();
        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    @Test
    void neverGoesBackFromDraining() {
        readiness.started();
        readiness.draining();
        readiness.started();

        assertThat(readiness.now()).isEqualTo(Answer.DRAINING);
    }

    @Test
    void waitsForTheFirstAnswerOfARequiredDependency() {
        health.register(new FakeCheck("database", true));
        readiness.started();
        assertThat(readiness.now()).isEqualTo(Answer.STARTING);

        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    @Test
    void keepsClientsAwayWhileARequiredDependencyIsDown() {
        var database = new FakeCheck("database", true).behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
        health.register(database);
        readiness.started();
        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.DEPENDENCY);

        database.behaves(scope -> {});
        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    @Test
    void anOptionalDependencyKeepsNobodyAway() {
        health.register(new FakeCheck("redis", false).behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        }));
        readiness.started();
        checkAll();

        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    private void checkAll() {
        health.begin();
        background.runStarted();
    }
}
