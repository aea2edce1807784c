package io.breakwater.core.business.health;

import static io.breakwater.core.business.health.CheckReport.State.DOWN;
import static io.breakwater.core.business.health.CheckReport.State.UNKNOWN;
import static io.breakwater.core.business.health.CheckReport.State.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitoredDependencyTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualScheduler background = new ManualScheduler();
    private final ScriptedProbe database = new ScriptedProbe("database", true);
    private final List<String> changes = new ArrayList<>();
    private final MonitoredDependency watched = new MonitoredDependency(
            database.dependency(),
            TIMEOUT,
            background,
            (before, now, cause) -> changes.add(before.state() + " to " + now.state() + " by " + cause));

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() {
        assertThat(watched.latest()).isEqualTo(new CheckReport("database", true, UNKNOWN, null, null, null, null));
    }

    @Test
    void tellsHowLongTheAnswerTook() {
        database.behaves(scope -> background.pass(Duration.ofMillis(7)));
        check();

        assertThat(watched.latest().state()).isEqualTo(UP);
        assertThat(watched.latest().latency()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void remembersSinceWhenItIsSo() {
        Instant first = background.now();
        check();
        background.pass(Duration.ofSeconds(30));
        check();

        assertThat(watched.latest().since()).isEqualTo(first);
        assertThat(watched.latest().checkedAt()).isEqualTo(first.plusSeconds(30));
    }

    @Test
    void tellsThatItIsDownForAnotherReason() {
        for (var reason : List.of("It is slow.", "It is gone.", "It is gone.")) {
            database.behaves(scope -> {
                throw new PortException.UnavailableException(reason, null, null);
            });
            check();
        }

        assertThat(changes).hasSize(2);
        assertThat(watched.latest().reason()).isEqualTo("It is gone.");
    }

    @Test
    void keepsTheLatestStateWhileTheProbeKnowsNone() {
        ScriptedProbe.Behaviour unknown = scope -> {
            throw new Dependency.UnknownStateException();
        };
        database.behaves(unknown);
        check();
        assertThat(watched.latest().state()).isEqualTo(UNKNOWN);
        database.behaves(scope -> {});
        check();
        database.behaves(unknown);
        check();

        assertThat(watched.latest().state()).isEqualTo(UP);
        assertThat(changes).hasSize(1);
    }

    @Test
    void showsTheWordsOfAFailure() {
        database.behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused by db:5432.", null, null);
        });
        check();

        assertThat(watched.latest().state()).isEqualTo(DOWN);
        assertThat(watched.latest().reason()).isEqualTo("Connection refused by db:5432.");
        assertThat(watched.latest().latency()).isNull();
    }

    @Test
    void hidesTheWordsOfAnyOtherException() {
        database.behaves(scope -> {
            throw new IllegalStateException("password=hunter2");
        });
        check();

        assertThat(watched.latest().reason()).isEqualTo("Its check failed; the log has the cause.");
        assertThat(changes).containsExactly("UNKNOWN to DOWN by java.lang.IllegalStateException: password=hunter2");
    }

    @Test
    void reportsChangesAndNothingElse() {
        check();
        check();
        database.behaves(scope -> {
            throw new PortException.RefusedException("No.", null);
        });
        check();
        check();

        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst()).isEqualTo("UNKNOWN to UP by null");
        assertThat(changes.getLast()).startsWith("UP to DOWN");
    }

    @Test
    void callsADependencyDownThatDoesNotAnswerInTime() {
        CompletionStage<Void> asked = watched.refresh();
        background.pass(TIMEOUT);

        assertThat(asked.toCompletableFuture()).isDone();
        assertThat(watched.latest().state()).isEqualTo(DOWN);
        assertThat(watched.latest().reason()).isEqualTo("It did not answer within 5000 ms.");
    }

    @Test
    void cancelsAndInterruptsWhatTakesTooLong() {
        var cancelled = new ArrayList<Boolean>();
        database.behaves(scope -> {
            scope.onCancel(() -> cancelled.add(scope.cancelled()));
            background.pass(TIMEOUT);
            assertThat(scope.remaining()).isZero();
        });
        check();

        assertThat(cancelled).containsExactly(true);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        database.behaves(scope -> background.pass(TIMEOUT));
        check();

        assertThat(watched.latest().state()).isEqualTo(DOWN);
    }

    @Test
    void doesNotAskAgainWhileAnAttemptHangs() {
        watched.refresh();
        background.pass(TIMEOUT);
        CompletionStage<Void> again = watched.refresh();

        assertThat(again.toCompletableFuture()).isDone();
        assertThat(background.runStarted()).isOne();
    }

    @Test
    void asksAgainOnceTheHangingAttemptEnded() {
        watched.refresh();
        background.pass(TIMEOUT);
        background.runStarted();
        check();

        assertThat(watched.latest().state()).isEqualTo(UP);
    }

    @Test
    void joinsTheAttemptThatIsUnderWay() {
        CompletionStage<Void> first = watched.refresh();
        CompletionStage<Void> second = watched.refresh();
        assertThat(second.toCompletableFuture()).isNotDone();
        background.runStarted();

        assertThat(database.runs()).isOne();
        assertThat(first.toCompletableFuture()).isDone();
        assertThat(second.toCompletableFuture()).isDone();
    }

    @Test
    void keepsAFreshFindingWhenAskedOnDemand() {
        check();
        background.pass(Duration.ofSeconds(4));
        watched.refreshIfOlderThan(Duration.ofSeconds(5));
        assertThat(background.runStarted()).isZero();

        background.pass(Duration.ofSeconds(1));
        watched.refreshIfOlderThan(Duration.ofSeconds(5));
        assertThat(background.runStarted()).isOne();
    }

    @Test
    void asksAtOnceWhatIsSuspected() {
        check();
        database.behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });
        watched.requestCheck();
        background.runStarted();

        assertThat(watched.latest().state()).isEqualTo(DOWN);
    }

    @Test
    void asksAgainWhatWasSuspectedDuringAnAttempt() {
        database.behaves(scope -> watched.requestCheck());
        watched.refresh();
        background.runStarted();
        database.behaves(scope -> {
            throw new PortException.UnavailableException("Connection refused.", null, null);
        });

        assertThat(background.runStarted()).isOne();
        assertThat(watched.latest().state()).isEqualTo(DOWN);
        assertThat(background.runStarted()).isZero();
    }

    @Test
    void findsNothingNewWhileTheServerCloses() {
        background.close();

        assertThat(watched.refresh().toCompletableFuture()).isDone();
        assertThat(watched.latest().state()).isEqualTo(UNKNOWN);
    }

    private void check() {
        watched.refresh();
        background.runStarted();
    }
}
