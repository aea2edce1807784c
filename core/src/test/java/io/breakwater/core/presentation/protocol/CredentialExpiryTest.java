package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams end when the credential expires that opened them. */
class CredentialExpiryTest {
    private final ManualExecutors executors = new ManualExecutors();
    private @Nullable Instant expires = executors.clock().instant().plusSeconds(20);
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(Principal.of("ann"), expires)))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private void change() {
        server.add(SampleTools.saying("tool" + executors.nanoTime(), call -> ""));
        executors.runAll();
    }

    @Test
    void theStreamOfASessionEndsAndANewCredentialOpensItAgain() {
        var client = LegacyRequests.begun(server);
        var stream = client.listen();
        executors.pass(Duration.ofSeconds(19));
        assertThat(stream.ended()).isFalse();
        change();
        assertThat(stream.messages()).hasSize(1);
        executors.pass(Duration.ofSeconds(1));
        assertThat(stream.ended()).isTrue();
        change();

        expires = executors.clock().instant().plusSeconds(20);
        var next =
                client.resume(Objects.requireNonNull(stream.events().getLast().id()));
        executors.runAll();
        assertThat(next.messages()).hasSize(1);
        executors.pass(Duration.ofSeconds(20));
        assertThat(next.ended()).isTrue();
    }

    @Test
    void aSubscriptionEndsWithItsResult() {
        var stream = ModernRequests.http(server, "{}")
                .ask("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
        executors.pass(Duration.ofSeconds(19));
        assertThat(stream.ended()).isFalse();
        executors.pass(Duration.ofSeconds(1));

        assertThat(stream.result().text("resultType")).isEqualTo("complete");
    }

    @Test
    void aCredentialThatDoesNotExpireEndsNoStream() {
        expires = null;
        var session = LegacyRequests.begun(server).listen();
        var subscription = ModernRequests.http(server, "{}")
                .ask("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
        executors.pass(Duration.ofSeconds(100));

        assertThat(session.ended()).isFalse();
        assertThat(subscription.ended()).isFalse();
    }
}
