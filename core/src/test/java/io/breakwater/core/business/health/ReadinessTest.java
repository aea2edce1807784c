package io.breakwater.core.business.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.Readiness.Answer;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.HostGauges;
import io.breakwater.server.settings.HealthSettings;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final ManualScheduler background = new ManualScheduler();
    private final Health health = new Health(
            HealthSettings.standard(),
            new ServerInfo("1", "test"),
            new FixedRequestMetrics(),
            HostGauges.NONE,
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
        health.register(new ScriptedProbe("database", true).dependency());
        readiness.started();
        assertThat(readiness.now()).isEqualTo(Answer.STARTING);

        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    @Test
    void keepsClientsAwayWhileARequiredDependencyIsDown() {
        var database = new ScriptedProbe("database", true).behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
        health.register(database.dependency());
        readiness.started();
        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.DEPENDENCY);

        database.behaves(scope -> {});
        checkAll();
        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    @Test
    void anOptionalDependencyDoesNotAffectReadiness() {
        health.register(new ScriptedProbe("redis", false)
                .behaves(scope -> {
                    throw new PortException.UnavailableException("Connection refused.", null, null);
                })
                .dependency());
        readiness.started();
        checkAll();

        assertThat(readiness.now()).isEqualTo(Answer.READY);
    }

    private void checkAll() {
        health.start();
        background.runStarted();
    }
}
