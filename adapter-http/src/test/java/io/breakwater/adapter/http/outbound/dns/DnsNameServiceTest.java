package io.breakwater.adapter.http.outbound.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NameService.Answer;
import io.breakwater.port.driven.NameService.Target;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.network.DnsResponder;
import io.breakwater.sample.network.DnsResponder.Behavior;
import io.breakwater.sample.network.DnsResponder.Service;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNameServiceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String SERVICE = "_http._tcp.orders.test";

    private final DnsResponder server = new DnsResponder();
    private final DnsResponder second = new DnsResponder();
    private final DnsNameService names = new DnsNameService(DnsSettings.defaults()
            .withServers(List.of(server.address(), second.address()))
            .withTimeout(Duration.ofMillis(300)));

    @AfterEach
    void close() {
        names.close();
        server.close();
        second.close();
    }

    private Answer<String> addresses(String host) {
        return names.addresses(host, ManualCallContext.unhurried());
    }

    private Answer<Target> targets() {
        return names.targets(SERVICE, ManualCallContext.unhurried());
    }

    @Test
    void followsAnAliasAndReturnsTheSmallerTtl() {
        server.answerAlias("orders.test", SECOND, "balancer.test", MINUTE, "192.0.2.9");

        assertThat(addresses("orders.test")).isEqualTo(new Answer<>(List.of("192.0.2.9"), SECOND));
    }

    @Test
    void returnsTheAddressesOfATargetThatTheAnswerContains() {
        server.answerTargetWithAddress(
                SERVICE, MINUTE, new Service(1, 2, 80, "one.test"), "one.test", SECOND, "192.0.2.1");

        assertThat(targets())
                .isEqualTo(new Answer<>(List.of(new Target("one.test", 80, 1, 2, List.of("192.0.2.1"))), SECOND));
    }

    @Test
    void ignoresAddressesOfOtherHosts() {
        server.answerTargetWithAddress(
                SERVICE, MINUTE, new Service(1, 2, 80, "one.test"), "other.test", SECOND, "192.0.2.1");

        assertThat(targets()).isEqualTo(new Answer<>(List.of(new Target("one.test", 80, 1, 2, null)), MINUTE));
    }

    @Test
    void aTargetThatIsARootMeansNoService() {
        server.answerTargets(SERVICE, MINUTE, new Service(0, 0, 0, "."));

        assertThat(targets().records()).isEmpty();
    }

    @Test
    void oneFamilyIsEnough() {
        server.answerAddresses("six.test", MINUTE, "2001:db8::6");

        assertThat(addresses("six.test").records()).containsExactly("2001:db8:0:0:0:0:0:6");
    }

    @ParameterizedTest
    @EnumSource(value = Behavior.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWER")
    void aServerThatFailsIsFollowedByTheNextOne(Behavior behavior) {
        server.answerAddresses("orders.test", MINUTE, "192.0.2.66").behave(behavior);
        second.answerAddresses("orders.test", MINUTE, "192.0.2.1");

        assertThat(addresses("orders.test").records()).containsExactly("192.0.2.1");
    }

    @ParameterizedTest
    @EnumSource(value = Behavior.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWER")
    void withoutAServerThatAnswersTheLookUpFails(Behavior behavior) {
        server.answerAddresses("orders.test", MINUTE, "192.0.2.66").behave(behavior);
        second.answerAddresses("orders.test", MINUTE, "192.0.2.66").behave(behavior);

        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> addresses("orders.test"))
                .withMessage(switch (behavior) {
                            case FAILURE -> "The name servers answered ServFail(2)";
                            case REFUSAL -> "The name servers answered Refused(5)";
                            default -> "No name server answers";
                        }
                        + " for orders.test. Check the name servers of this machine, and retry.");
    }

    @Test
    void anAddressNeedsNoServer() {
        assertThat(addresses("192.0.2.7").records()).containsExactly("192.0.2.7");
        assertThat(server.queriedNames()).isEmpty();
    }

    @Test
    void noNameServerDecidesAboutThisMachine() {
        server.answerAddresses("orders.localhost", MINUTE, "10.0.0.66");

        assertThat(addresses("Orders.localhost").records()).containsExactly("127.0.0.1");
        assertThat(server.queriedNames()).isEmpty();
    }

    @Test
    void theResolverAsksTheSameServers() throws UnknownHostException {
        server.answerAddresses("orders.test", MINUTE, "192.0.2.1", "2001:db8::6");

        assertThat(names.resolver().addresses("orders.test"))
                .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::6"));
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> names.resolver().addresses("unknown.test"));
    }

    @Test
    void aResolverWithoutAServerThatAnswersKnowsNoHost() {
        server.behave(Behavior.SILENCE);
        second.behave(Behavior.FAILURE);

        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> names.resolver().addresses("orders.test"))
                .withCauseInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    void theHostsFileCountsFirst() {
        server.answerAddresses("localhost", MINUTE, "192.0.2.66");

        assertThat(addresses("LocalHost").records()).contains("127.0.0.1").doesNotContain("192.0.2.66");
        assertThat(server.queriedNames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "a b",
                "a/b",
                "caf\u00e9.test",
                "127.1",
                "0x7f.0.0.1",
                "2130706433",
                "a\0.test",
                "user@host",
                "fe80::1%eth0",
            })
    void refusesWhatIsNoName(String name) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> addresses(name))
                .matches(refused -> refused.reason() == Reason.INVALID);
        assertThat(server.queriedNames()).isEmpty();
    }

    @Test
    void theEndOfTheCallEndsTheLookUp() {
        server.behave(Behavior.SILENCE);
        second.behave(Behavior.SILENCE);

        assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                .isThrownBy(() -> names.addresses("orders.test", ManualCallContext.within(Duration.ofMillis(50))));
    }
}
