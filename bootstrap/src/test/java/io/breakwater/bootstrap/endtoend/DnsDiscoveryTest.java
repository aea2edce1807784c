package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.network.DnsResponder;
import io.breakwater.sample.network.DnsResponder.Behavior;
import io.breakwater.sample.network.DnsResponder.Service;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls of the server as it is shipped follow the records of a name server. */
class DnsDiscoveryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String NAME = "orders.test";
    private static final String SRV = "_http._tcp.orders.test";

    private final DnsResponder dns = new DnsResponder();
    private final RecordingServer one = DiscoveredServer.instance("one", "127.0.0.1", 0);
    private final RecordingServer two = DiscoveredServer.instance("two", "127.0.0.2", one.port());

    @AfterEach
    void close() {
        one.close();
        two.close();
        dns.close();
    }

    private DiscoveredServer start(String source) throws IOException, InterruptedException {
        return DiscoveredServer.start("""
                outbound: {allowed: [127.0.0.0/8], name-servers: ['127.0.0.1:%d']}
                services: {orders: {%s}}
                """.formatted(dns.address().getPort(), source));
    }

    private DiscoveredServer startWithAddresses() throws IOException, InterruptedException {
        return start("dns: 'http://" + NAME + ":" + one.port() + "'");
    }

    @Test
    void callsFollowTheAddressesOfAName() throws IOException, InterruptedException {
        dns.answerAddresses(NAME, SECOND, "127.0.0.1");
        try (var server = startWithAddresses()) {
            assertThat(server.reached()).containsExactly("one");

            dns.answerAddresses(NAME, SECOND, "127.0.0.1", "127.0.0.2");
            Eventually.holds(() -> server.healthy().size() == 2);
            assertThat(server.reached()).containsExactlyInAnyOrder("one", "two");

            dns.answerAddresses(NAME, SECOND, "127.0.0.2");
            Eventually.holds(() -> server.healthy().size() == 1);
            assertThat(server.reached()).containsExactly("two");

            dns.answerAddresses(NAME, SECOND);
            Eventually.holds(() -> server.healthy().isEmpty());
            assertThat(server.call().text()).contains("EXTERNAL_ERROR", "No instance of orders is available");

            dns.answerAddresses(NAME, SECOND, "127.0.0.1");
            Eventually.holds(() -> server.healthy().size() == 1);
            assertThat(server.reached()).containsExactly("one");
        }
        assertThat(one.received())
                .allSatisfy(request -> assertThat(request.field("host")).isEqualTo(NAME + ":" + one.port()));
    }

    @Test
    void callsGoToTheLastKnownInstancesWhileTheNameServerIsSilent() throws IOException, InterruptedException {
        dns.answerAddresses(NAME, SECOND, "127.0.0.1");
        try (var server = startWithAddresses()) {
            assertThat(server.reached()).containsExactly("one");

            dns.behave(Behavior.SILENCE);
            Eventually.holds(() -> server.log().contains("The instances of orders cannot be determined: "));
            assertThat(server.reached()).containsExactly("one");

            dns.answerAddresses(NAME, SECOND, "127.0.0.2").behave(Behavior.ANSWER);
            Eventually.holds(() -> server.reached().equals(Set.of("two")));
        }
    }

    @Test
    void callsFollowTheTargetsOfServiceRecords() throws IOException, InterruptedException {
        var first = new Service(0, 1, one.port(), "one.test");
        var second = new Service(0, 1, two.port(), "two.test");
        dns.answerAddresses("one.test", SECOND, "127.0.0.1").answerAddresses("two.test", SECOND, "127.0.0.2");
        dns.answerTargets(SRV, SECOND, first);
        try (var server = start("srv: " + SRV)) {
            assertThat(server.reached()).containsExactly("one");

            dns.answerTargets(SRV, SECOND, first, second);
            Eventually.holds(() -> server.healthy().size() == 2);
            assertThat(server.reached()).containsExactlyInAnyOrder("one", "two");

            dns.answerTargets(SRV, SECOND, second);
            Eventually.holds(() -> server.healthy().size() == 1);
            assertThat(server.reached()).containsExactly("two");
        }
    }

    @Test
    void targetsOfALaterPriorityAreForWhenNoOtherIsAvailable() throws IOException, InterruptedException {
        dns.answerAddresses("one.test", SECOND, "127.0.0.1").answerAddresses("two.test", SECOND, "127.0.0.2");
        dns.answerTargets(
                SRV, SECOND, new Service(0, 1, one.port(), "one.test"), new Service(10, 1, two.port(), "two.test"));
        try (var server = start("srv: " + SRV)) {
            assertThat(server.reached()).containsExactly("one");

            one.close();

            assertThat(server.reached()).containsExactly("two");
        }
    }
}
