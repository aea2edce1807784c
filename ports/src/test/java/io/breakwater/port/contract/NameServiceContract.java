package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.NameService;
import io.breakwater.port.driven.NameService.Target;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link NameService} does. */
public abstract class NameServiceContract {
    private static final Duration TTL = Duration.ofSeconds(30);

    /** The name service under test. */
    protected NameService names;

    /** Creates a name service with a name server that knows no names. */
    protected abstract NameService create() throws Exception;

    /** Adds an answer for a host to those of the name server. The answers follow each other; the last one stays. */
    protected abstract void answerAddresses(String host, Duration ttl, String... addresses);

    /** Adds an answer with a target of a service to those of the name server. */
    protected abstract void answerTarget(String name, Duration ttl, Target target);

    /** Makes the name server silent. */
    protected abstract void becomeSilent();

    /** Waits until the name server has received a query. */
    protected abstract void awaitQuery();

    /** Closes the name service. */
    protected abstract void close(NameService used) throws Exception;

    @BeforeEach
    void createNameService() throws Exception {
        names = create();
    }

    @AfterEach
    void closeNameService() throws Exception {
        close(names);
    }

    private NameService.Answer<String> addresses(String host) {
        return names.addresses(host, ManualCallContext.unhurried());
    }

    @Test
    void resolvesTheAddressesOfBothFamilies() {
        answerAddresses("orders.test", TTL, "192.0.2.1", "192.0.2.2", "2001:db8::1");

        assertThat(addresses("orders.test").records())
                .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void returnsTheTtl() {
        answerAddresses("orders.test", TTL, "192.0.2.1");

        assertThat(addresses("orders.test").ttl()).isEqualTo(TTL);
    }

    @Test
    void asksAgainForEachLookUp() {
        answerAddresses("orders.test", TTL, "192.0.2.1");
        answerAddresses("orders.test", TTL, "192.0.2.2");

        assertThat(addresses("orders.test").records()).containsExactly("192.0.2.1");
        assertThat(addresses("orders.test").records()).containsExactly("192.0.2.2");
    }

    @Test
    void aNameThatDoesNotExistHasNoAddress() {
        assertThat(addresses("missing.test").records()).isEmpty();
        assertThat(names.targets("_http._tcp.missing.test", ManualCallContext.unhurried())
                        .records())
                .isEmpty();
    }

    @Test
    void resolvesTargets() {
        var target = new Target("one.test", 8_080, 10, 5, null);
        answerTarget("_http._tcp.orders.test", TTL, target);

        var answer = names.targets("_http._tcp.orders.test", ManualCallContext.unhurried());

        assertThat(answer.records()).isEqualTo(List.of(target));
        assertThat(answer.ttl()).isEqualTo(TTL);
    }

    @Test
    void silenceIsAFailure() {
        becomeSilent();

        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> addresses("orders.test"))
                .withMessageContaining("orders.test");
    }

    @Test
    void aCallThatEndsDoesNotWait() {
        becomeSilent();
        var context = ManualCallContext.unhurried();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lookUp = CompletableFuture.supplyAsync(() -> names.addresses("orders.test", context), threads);
            awaitQuery();

            context.cancel();

            assertThat(lookUp)
                    .failsWithin(Eventually.LIMIT)
                    .withThrowableThat()
                    .withCauseInstanceOf(PortException.class);
        }
    }
}
