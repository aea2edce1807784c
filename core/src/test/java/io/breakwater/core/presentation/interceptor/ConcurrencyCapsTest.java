package io.breakwater.core.presentation.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.settings.ConcurrencySettings;
import io.breakwater.server.settings.RateLimitSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many calls that arrive at the same moment, of which exactly as many run, and wait, as each limit allows. */
class ConcurrencyCapsTest {
    private static final int CAP = 3;
    private static final int CALLS = 4 * CAP;
    private static final ConcurrencySettings WITHOUT_QUEUE =
            ConcurrencySettings.STANDARD.withQueue(0, Duration.ofSeconds(1)).withPerPrincipal(100);

    private final TimedExecutors executors = new TimedExecutors();
    private final HeldWork work = new HeldWork();

    @AfterEach
    void open() {
        work.open();
    }

    private Breakwater server(int concurrency, ConcurrencySettings settings) {
        return Breakwater.named("t")
                .executors(executors)
                .rateLimits(RateLimitSettings.OFF)
                .limits(Limits.STANDARD.withConcurrency(concurrency))
                .concurrency(settings)
                .authenticator(Authenticator.of((fields, peer) ->
                        new Authenticated(Principal.of(Objects.requireNonNull(fields.first("user"))))))
                .tool(SampleTools.draft("free").handler((arguments, call) -> work.run()))
                .tool(SampleTools.draft("limited").maxConcurrency(CAP).handler((arguments, call) -> work.run()))
                .tool(SampleTools.draft("one")
                        .costClass("shared")
                        .maxConcurrency(CAP)
                        .handler((a, call) -> work.run()))
                .tool(SampleTools.draft("two").costClass("shared").handler((arguments, call) -> work.run()))
                .build();
    }

    /** Sends calls at the same moment, each from a thread of its own. */
    private static List<RecordedReply> sendAtOnce(Breakwater server, List<String> tools, List<String> users) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, CALLS)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return ModernRequests.from(server, "127.0.0.1", "user", users.get(i % users.size()))
                                .call(tools.get(i % tools.size()));
                    }))
                    .toList();
            start.countDown();
            return sent.stream().map(ConcurrencyCapsTest::get).toList();
        }
    }

    private static RecordedReply get(Future<RecordedReply> sent) {
        try {
            return sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Asserts that this many calls run and the others are refused, and that those that run succeed. */
    private void assertAdmitted(int calls, List<RecordedReply> replies, String message) {
        Eventually.holds(() -> replies.stream().filter(RecordedReply::ended).count() == CALLS - calls);
        work.awaitRunning(calls);
        assertThat(replies).filteredOn(RecordedReply::ended).allSatisfy(reply -> {
            assertThat(reply.status()).isInstanceOf(ReplyStatus.Overloaded.class);
            assertThat(reply.error().text("message")).startsWith(message);
        });

        work.open();
        replies.forEach(RecordedReply::awaitEnd);
        work.assertMost(calls);
        assertThat(replies)
                .filteredOn(reply -> !(reply.status() instanceof ReplyStatus.Overloaded))
                .hasSize(calls)
                .allSatisfy(reply -> assertThat(reply.result()).asString().contains("done"));
    }

    private static List<String> users() {
        return IntStream.range(0, CALLS).mapToObj(i -> "user-" + i).toList();
    }

    @Test
    void theServer() {
        try (var server = server(CAP, WITHOUT_QUEUE)) {
            var replies = sendAtOnce(server, List.of("free", "limited", "two"), users());
            assertAdmitted(CAP, replies, "Too many concurrent calls: the limit is 3.");
        }
    }

    @Test
    void onePrincipal() {
        try (var server = server(100, WITHOUT_QUEUE.withPerPrincipal(CAP))) {
            var replies = sendAtOnce(server, List.of("free", "two"), List.of("one"));
            assertAdmitted(CAP, replies, "Too many of your calls run at the same time: the limit is 3.");
        }
    }

    @Test
    void everyPrincipal() {
        try (var server = server(100, WITHOUT_QUEUE.withPerPrincipal(CAP))) {
            var replies = sendAtOnce(server, List.of("free"), List.of("one", "two"));
            assertAdmitted(2 * CAP, replies, "Too many of your calls run at the same time: the limit is 3.");
        }
    }

    @Test
    void aToolWithAMaximum() {
        try (var server = server(100, WITHOUT_QUEUE)) {
            var replies = sendAtOnce(server, List.of("limited"), users());
            assertAdmitted(CAP, replies, "Too many concurrent calls of this kind: the limit is 3 at present.");
        }
    }

    @Test
    void aCostClassOfTwoTools() {
        try (var server = server(100, WITHOUT_QUEUE)) {
            var replies = sendAtOnce(server, List.of("one", "two"), users());
            assertAdmitted(CAP, replies, "Too many concurrent calls of this kind: the limit is 3 at present.");
        }
    }

    @Test
    void aCostClassBeforeTheFirstCallOfTheToolWithTheMaximum() {
        try (var server = server(100, WITHOUT_QUEUE)) {
            var replies = sendAtOnce(server, List.of("two"), users());
            assertAdmitted(CAP, replies, "Too many concurrent calls of this kind: the limit is 3 at present.");
        }
    }

    @Test
    void theQueueOfACostClass() {
        try (var server = server(100, WITHOUT_QUEUE.withQueue(2, Duration.ofSeconds(1)))) {
            var replies = sendAtOnce(server, List.of("limited"), users());
            assertWaiting(2, replies);
        }
    }

    @Test
    void theQueuesOfAllCostClasses() {
        try (var server = server(CAP, WITHOUT_QUEUE.withQueue(100, Duration.ofSeconds(1)))) {
            var replies = sendAtOnce(server, List.of("free", "limited", "one", "two"), users());
            assertWaiting(CAP, replies);
        }
    }

    @Test
    void theWaitingCallsOfOnePrincipal() {
        try (var server =
                server(CAP, WITHOUT_QUEUE.withQueue(100, Duration.ofSeconds(1)).withPerPrincipal(1))) {
            var replies = sendAtOnce(server, List.of("free", "limited"), List.of("one"));
            Eventually.holds(() -> replies.stream().filter(RecordedReply::ended).count() == CALLS - 3);
            work.awaitRunning(1); // two wait, which is half of those that may wait
            work.open();
            replies.forEach(RecordedReply::awaitEnd);
            work.assertMost(1);
        }
    }

    /** Asserts that the cap runs and this many calls wait, and that all of them succeed. */
    private void assertWaiting(int calls, List<RecordedReply> replies) {
        Eventually.holds(() -> replies.stream().filter(RecordedReply::ended).count() == CALLS - CAP - calls);
        work.awaitRunning(CAP);

        work.open();
        replies.forEach(RecordedReply::awaitEnd);
        work.assertMost(CAP);
        assertThat(replies)
                .filteredOn(reply -> !(reply.status() instanceof ReplyStatus.Overloaded))
                .hasSize(CAP + calls);
    }
}
