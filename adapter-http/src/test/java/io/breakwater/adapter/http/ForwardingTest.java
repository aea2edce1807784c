package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that pass a reverse proxy, which is 127.0.0.1 in most tests. */
class ForwardingTest {
    private static final HttpSettings TRUSTING =
            HttpSettings.defaults().withProxies(HttpSettings.Proxies.trusting(List.of("127.0.0.1")));

    private static void tellPeer(IncomingMessage in, Reply reply) {
        reply.answer(ReplyStatus.RESULT, in.peer().address().getBytes(UTF_8));
    }

    private static void answer(Reply reply) {
        reply.answer(ReplyStatus.RESULT, "1".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For: 192.0.2.7, 192.0.2.7",
        "x-forwarded-for: 192.0.2.7, 192.0.2.7",
        "Forwarded: for=192.0.2.7, 127.0.0.1",
        "X-Real-IP: 192.0.2.7, 127.0.0.1",
        "Client-IP: 192.0.2.7, 127.0.0.1",
        "X_Forwarded_For: 192.0.2.7, 127.0.0.1",
        "X-Forwarded-For : 192.0.2.7, ''",
    })
    void believesOnlyTheFieldOfTheSettings(String field, String peer) {
        try (var server = answering(TRUSTING, ForwardingTest::tellPeer);
                var client = server.connect()) {
            var answer = client.post("1", field).answer();

            assertThat(answer.status() == 200 ? answer.body() : "").isEqualTo(peer);
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For: 192.0.2.7, 127.0.0.1", "Forwarded: for=192.0.2.7, 192.0.2.7"})
    void believesForwardedInsteadIfTheSettingsSaySo(String field, String peer) {
        var settings = HttpSettings.defaults()
                .withProxies(new HttpSettings.Proxies(List.of("127.0.0.0/8"), HttpSettings.ForwardingHeader.FORWARDED));
        try (var server = answering(settings, ForwardingTest::tellPeer);
                var client = server.connect()) {
            assertThat(client.post("1", field).answer().body()).isEqualTo(peer);
        }
    }

    @Test
    void ignoresTheFieldsOfAnyOtherPeerButDoesNotRemoveThem() {
        var others = HttpSettings.defaults().withProxies(HttpSettings.Proxies.trusting(List.of("10.0.0.0/8")));
        try (var server = answering(
                        others,
                        (in, reply) -> reply.answer(
                                ReplyStatus.RESULT,
                                (in.peer().address() + " " + in.fields().first("X-Forwarded-For")).getBytes(UTF_8)));
                var client = server.connect()) {
            assertThat(client.post("1", "X-Forwarded-For: 192.0.2.7").answer().body())
                    .isEqualTo("127.0.0.1 192.0.2.7");
            assertThat(server.metrics.read("mcp_http_unknown_callers_total{}")).isZero();
        }
    }

    @Test
    void eachRequestOfAConnectionHasItsOwnCaller() {
        try (var server = answering(TRUSTING, ForwardingTest::tellPeer);
                var client = server.connect()) {
            for (var caller : List.of("192.0.2.7", "198.51.100.9", "192.0.2.7")) {
                assertThat(client.post("1", "X-Forwarded-For: " + caller)
                                .answer()
                                .body())
                        .isEqualTo(caller);
            }
            assertThat(client.post("1").answer().body()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theAuthenticatorSeesTheCaller() {
        var peer = Authenticator.of((fields, from) ->
                new Authentication.Challenge(401, Map.of("X-Seen", from.address()), "Send a credential."));
        try (var server = RunningServer.of(TRUSTING, peer, MemoryBudget.unlimited(), (in, reply) -> {});
                var client = server.connect()) {
            assertThat(client.post("1", "X-Forwarded-For: 192.0.2.7").answer().field("X-Seen"))
                    .isEqualTo("192.0.2.7");
        }
    }

    @Test
    void aMountedHandlerBelievesTheProxyToo() {
        var endpoint = new ScriptedEndpoint().onMessage(ForwardingTest::tellPeer);
        var host = new Transport.Host(endpoint, List.of(), new RecordedMetrics(), MemoryBudget.unlimited());
        try (var server = MountedServer.serving(TRUSTING, host);
                var client = server.connect()) {
            assertThat(client.post("1", "X-Forwarded-For: 192.0.2.7").answer().body())
                    .isEqualTo("192.0.2.7");
        }
    }

    @Test
    void oneCallerCannotUseUpTheMemoryOfTheOthersOfItsProxy() {
        var memory = new MemoryBudget(1_000_000, 0.1);
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        try (var server = RunningServer.within(memory, TRUSTING, (in, reply) -> replies.add(reply));
                var greedy = server.connect();
                var more = server.connect();
                var other = server.connect()) {
            server.endpoint.weighing(body -> 60_000);
            greedy.post("1", "X-Forwarded-For: 192.0.2.7");
            Eventually.holds(() -> replies.size() == 1);

            assertThat(more.post("1", "X-Forwarded-For: 192.0.2.7").answer().status())
                    .isEqualTo(503);
            other.post("1", "X-Forwarded-For: 198.51.100.9");
            Eventually.holds(() -> replies.size() == 2);
            replies.forEach(ForwardingTest::answer);

            assertThat(other.answer().status()).isEqualTo(200);
            Eventually.holds(() -> memory.used() == 0);
        }
    }

    @Test
    void theHeadsOfHttp2CountForTheirCallers() {
        var memory = new MemoryBudget(1_000_000, 0.1);
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        try (var server = RunningServer.within(memory, TRUSTING, (in, reply) -> replies.add(reply));
                var proxy = new RawHttp2("127.0.0.1", server.port())) {
            for (int stream = 1; stream < 60; stream += 2) { // each head occupies at least 4 KiB
                proxy.head(stream, "x-forwarded-for", "192.0.2.7").body(stream, "1");
            }
            Eventually.holds(() -> server.metrics.refused("memory") > 0);
            int admitted = replies.size();
            proxy.head(61, "x-forwarded-for", "198.51.100.9").body(61, "1");

            Eventually.holds(() -> replies.size() > admitted);
            replies.forEach(ForwardingTest::answer);
        }
        Eventually.holds(() -> memory.used() == 0 && memory.callers() == 0);
    }

    @Test
    void aProxyMayOpenMoreConnectionsThanAnotherAddress() {
        var few = TRUSTING.withLimits(HttpSettings.Limits.defaults().withConnections(10, 1));
        try (var server = answering(few, ForwardingTest::tellPeer);
                var first = server.connect();
                var second = server.connect()) {
            assertThat(first.post("1").answer().status()).isEqualTo(200);
            assertThat(second.post("1").answer().status()).isEqualTo(200);
        }
    }

    /** A proxy may pass on whatever the client claims. */
    @ParameterizedTest
    @CsvSource({"X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host"})
    void noFieldReplacesTheHost(String field) {
        try (var server = answering(TRUSTING, ForwardingTest::tellPeer);
                var client = server.connect()) {
            var request = "GET /mcp HTTP/1.1\nHost: evil.example\n" + field + ": localhost\n\n";

            assertThat(client.send(request).answer().status()).isEqualTo(403);
        }
    }
}
