package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.data.session.LogLimits;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream on which a session hears what is said outside any call. */
class StandaloneStreamTest {
    private final Breakwater server = Breakwater.named("t").build();
    private final LegacyRequests client = LegacyRequests.begun(server);
    private int added;

    @AfterEach
    void close() {
        server.close();
    }

    private void change() {
        server.add(SampleTools.saying("tool_" + added++, call -> ""));
    }

    private static List<String> methods(RecordedReply reply) {
        return reply.messages().stream()
                .map(message -> Objects.requireNonNull(message.text("method")))
                .toList();
    }

    private static String last(RecordedReply reply) {
        return Objects.requireNonNull(reply.events().getLast().id());
    }

    @Test
    void tellsOfListsThatChange() {
        var reply = client.listen();
        change();

        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(methods(reply)).containsExactly("notifications/tools/list_changed");
    }

    @Test
    void tellsOfResourcesWhileTheyAreSubscribed() {
        var reply = client.listen();
        server.resourceUpdated("a://b");
        client.ask("resources/subscribe", "{'uri':'a://b'}").result();
        server.resourceUpdated("a://b");
        server.resourceUpdated("a://c");
        client.ask("resources/unsubscribe", "{'uri':'a://b'}").result();
        server.resourceUpdated("a://b");

        assertThat(methods(reply)).containsExactly("notifications/resources/updated");
        assertThat(reply.messages().getFirst().object("params").text("uri")).isEqualTo("a://b");
    }

    @Test
    void aSecondOneTakesThePlaceOfTheFirst() {
        var one = client.listen();
        var two = client.listen();
        change();

        assertThat(one.ended()).isTrue();
        assertThat(one.messages()).isEmpty();
        assertThat(methods(two)).hasSize(1);
    }

    @Test
    void theEndOfTheFirstDoesNotSilenceTheSecond() {
        var one = client.listen();
        var two = client.listen();
        one.disconnect();
        change();

        assertThat(methods(two)).hasSize(1);
    }

    @Test
    void whatWasSaidWhileTheClientWasAwayIsToldWhenItComesBack() {
        var one = client.listen();
        change();
        var last = last(one);
        one.disconnect();
        change();
        change();

        var two = client.resume(last);
        assertThat(methods(two)).hasSize(2);
        change();
        assertThat(methods(two)).hasSize(3);
        assertThat(last(two)).isEqualTo("general:4");
    }

    @Test
    void aSlowReaderComesBackForTheRest() {
        var slow = client.listen();
        change();
        slow.clog();
        change();
        assertThat(slow.ended()).isTrue();

        assertThat(methods(client.resume(last(slow)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"general:3", "general:9", "other:1", "general"})
    void anEventThatNeverWasIsUnknown(String id) {
        var one = client.listen();
        change();
        change();

        assertThat(client.resume(id).status()).isEqualTo(ReplyStatus.NO_EVENT);
        assertThat(one.ended()).isFalse();
        assertThat(client.resume("general:2").status()).isEqualTo(ReplyStatus.RESULT);
    }

    @Test
    void anEventIsUnknownWhenWhatFollowedItIsNotKept() {
        var reply = client.listen();
        client.ask("resources/subscribe", "{'uri':'a://b'}").result();
        for (int i = 0; i <= LogLimits.forHeap(1L << 30).events() + 1; i++) {
            server.resourceUpdated("a://b");
        }

        assertThat(client.resume("general:1").status()).isEqualTo(ReplyStatus.NO_EVENT);
        assertThat(client.resume(last(reply)).status()).isEqualTo(ReplyStatus.RESULT);
    }

    @Test
    void nothingIsKeptForAClientThatNeverListened() {
        change();
        var reply = client.listen();

        assertThat(reply.events()).isEmpty();
        change();
        assertThat(last(reply)).isEqualTo("general:1");
    }

    @Test
    void endsWhenTheServerStops() {
        var reply = client.listen();
        server.close(Duration.ofSeconds(1));

        assertThat(reply.ended()).isTrue();
    }

    @Test
    void oneThatComesWhileTheServerStopsEndsAtOnce() {
        server.close();

        assertThat(client.listen().ended()).isTrue();
    }
}
