package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.B;
import static io.breakwater.core.data.service.Fixture.C;
import static io.breakwater.core.data.service.Fixture.D;
import static io.breakwater.core.data.service.Fixture.request;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.broken;
import static io.breakwater.port.memory.MemoryServiceTransport.down;
import static io.breakwater.port.memory.MemoryServiceTransport.frozen;
import static io.breakwater.port.memory.MemoryServiceTransport.slow;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException.DeadlineExceededException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import io.breakwater.port.memory.MemoryServiceTransport.Behavior;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.ServiceBreaker;
import io.breakwater.server.settings.ServiceRetries;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static ServiceSettings patient(String... instances) {
        return service(instances).withBreaker(new ServiceBreaker(1_000, LONG));
    }

    /** Does one thing after the other, and the last for ever. */
    private static Behavior sequence(Behavior... behaviors) {
        Iterator<Behavior> rest = List.of(behaviors).iterator();
        var last = behaviors[behaviors.length - 1];
        return (request, limits, context) -> {
            Behavior next;
            synchronized (rest) {
                next = rest.hasNext() ? rest.next() : last;
            }
            return next.handle(request, limits, context);
        };
    }

    @Test
    void messagesOfTheTransportNameTheService() {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, status(200));
            fixture.get();

            assertThat(fixture.transport.sent("/x"))
                    .singleElement()
                    .satisfies(one -> assertThat(one.endpoint().label()).isEqualTo("orders"));
        }
    }

    @Test
    void aRetryGoesToAnotherInstance() {
        try (var fixture = new Fixture(patient(A, B))) {
            fixture.transport.instance(A, status(503)).instance(B, status(200));
            for (int i = 0; i < 50; i++) {
                assertThat(fixture.get())
                        .isInstanceOfSatisfying(
                                Response.class, one -> assertThat(one.status()).isEqualTo(200));
            }
            var origins = fixture.transport.sent("/x").stream()
                    .map(one -> one.endpoint().origin())
                    .toList();
            for (int i = 1; i < origins.size(); i++) {
                assertThat(origins.get(i - 1).equals(A) && origins.get(i).equals(A))
                        .as("two attempts in succession with the failing instance")
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void idempotentMethodsAreRepeated(String method) {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(broken(), status(200)));

            assertThat(fixture.call(request(method, null), TestContext.unhurried()))
                    .isInstanceOf(Response.class);
            assertThat(fixture.sent()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void otherMethodsAreNeverRepeatedAfterDelivery(String method) {
        for (var behavior : List.of(broken(), frozen(), status(503), status(429))) {
            try (var fixture = new Fixture(patient(A, B))) {
                fixture.transport.instance(A, behavior).instance(B, behavior);
                fixture.call(request(method, null), TestContext.unhurried());

                assertThat(fixture.sent()).isOne();
            }
        }
    }

    @Test
    void aKeyMakesARequestRepeatableAndTravelsWithIt() {
        try (var fixture = new Fixture(patient(A, B))) {
            fixture.transport.instance(A, sequence(broken(), status(201))).instance(B, status(201));
            for (int i = 0; i < 10; i++) {
                assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                        .isInstanceOf(Response.class);
            }
            assertThat(fixture.transport.sent("/x"))
                    .hasSize(11)
                    .allSatisfy(
                            one -> assertThat(one.request().idempotencyKey()).isEqualTo("key-1"));
        }
    }

    @Test
    void aKeyThatTheServiceDoesNotHonourChangesNothing() {
        try (var fixture = new Fixture(patient(A).withoutIdempotency())) {
            fixture.transport.instance(A, broken());

            assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                    .isInstanceOf(Unconfirmed.class);
            assertThat(fixture.sent()).isOne();
        }
    }

    @Test
    void aRequestThatReachedNoInstanceMovesToAnotherAtOnce() {
        try (var fixture = new Fixture(patient(A, B).withRetries(new ServiceRetries(3, LONG, 100)))) {
            fixture.transport.instance(A, down()).instance(B, status(201));
            for (int i = 0; i < 20; i++) {
                assertThat(fixture.call(request("POST", null), TestContext.within(Duration.ofSeconds(10))))
                        .isInstanceOf(Response.class);
            }
        }
    }

    @Test
    void aPauseAfterAMoveToAnotherInstanceEnds() {
        for (var failures : List.of(List.of(down(), broken()), List.of(broken(), down(), broken()))) {
            try (var fixture = new Fixture(patient(A, B))) {
                var behaviors = Stream.concat(failures.stream(), Stream.of(status(200)));
                var both = sequence(behaviors.toArray(Behavior[]::new));
                fixture.transport.instance(A, both).instance(B, both);

                assertThat(fixture.call(request("GET", null), TestContext.within(Duration.ofSeconds(20))))
                        .isInstanceOf(Response.class);
                assertThat(fixture.sent()).isEqualTo(failures.size() + 1);
            }
        }
    }

    @Test
    void endsAfterTheLastRetry() {
        try (var fixture = new Fixture(patient(A, B))) {
            fixture.transport.instance(A, status(502)).instance(B, status(502));

            assertThat(fixture.get()).isInstanceOf(Response.class);
            assertThat(fixture.sent()).isEqualTo(4);
        }
    }

    @Test
    void aFailureThatARepetitionDoesNotChangeIsTheResult() {
        for (int status : List.of(400, 404, 409, 500, 501)) {
            try (var fixture = new Fixture(patient(A))) {
                fixture.transport.instance(A, status(status));
                fixture.get();

                assertThat(fixture.sent()).isOne();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"31536000", "5", "Thu, 31 Dec 2099 23:59:59 GMT", "999999999"})
    void doesNotWaitLongerThanTheDeadlineForRetryAfter(String value) {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, status(503, Map.of("retry-after", List.of(value)), ""));
            long start = System.nanoTime();

            assertThat(fixture.call(request("GET", null), TestContext.within(Duration.ofSeconds(4))))
                    .isInstanceOfSatisfying(
                            Response.class,
                            one -> assertThat(one.field("Retry-After")).contains(value));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(fixture.sent()).isOne();
        }
    }

    @Test
    void retryAfterIsAboutTheInstanceThatSentIt() {
        var never = status(503, Map.of("retry-after", List.of("86400")), "");
        for (int i = 0; i < 20; i++) {
            try (var fixture = new Fixture(patient(A, B, C, D))) {
                fixture.transport
                        .instance(A, never)
                        .instance(B, never)
                        .instance(C, never)
                        .instance(D, status(200));

                assertThat(fixture.get())
                        .isInstanceOfSatisfying(
                                Response.class, one -> assertThat(one.status()).isEqualTo(200));
                assertThat(fixture.transport.sent("/x"))
                        .extracting(one -> one.endpoint().origin())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void anInstanceThatAskedToWaitIsNotCalledAgain() {
        try (var fixture = new Fixture(patient(A, B))) {
            fixture.transport
                    .instance(A, status(503, Map.of("retry-after", List.of("86400")), ""))
                    .instance(B, sequence(status(503), status(503), status(200)));

            assertThat(fixture.get())
                    .isInstanceOfSatisfying(
                            Response.class, one -> assertThat(one.status()).isEqualTo(200));
            assertThat(fixture.transport.sent("/x").stream()
                            .filter(one -> one.endpoint().origin().equals(A)))
                    .hasSizeLessThan(2);
        }
    }

    @Test
    void waitsAsLongAsTheServiceSays() {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(status(429, Map.of("retry-after", List.of("1")), ""), status(200)));
            long start = System.nanoTime();

            assertThat(fixture.get())
                    .isInstanceOfSatisfying(
                            Response.class, one -> assertThat(one.status()).isEqualTo(200));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999999999999", "Fri, 31 Dec 1999 23:59:59 GMT"})
    void aRetryAfterWithoutMeaningIsNotWaitedFor(String value) {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(
                    A, sequence(status(503, Map.of("retry-after", List.of(value)), ""), status(200)));

            assertThat(fixture.get())
                    .isInstanceOfSatisfying(
                            Response.class, one -> assertThat(one.status()).isEqualTo(200));
        }
    }

    @Test
    void attemptsAreClippedToTheDeadline() {
        try (var fixture = new Fixture(patient(A, B).withAttemptTimeout(Duration.ofMillis(200)))) {
            fixture.transport.instance(A, frozen()).instance(B, frozen());
            long start = System.nanoTime();

            assertThat(fixture.call(request("GET", null), TestContext.within(Duration.ofMillis(300))))
                    .isInstanceOf(Unconfirmed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(2));
            assertThat(fixture.transport.sent("/x")).hasSize(2);
            assertThat(fixture.transport.sent("/x").get(1).limits().timeout()).isLessThan(Duration.ofMillis(101));
        }
    }

    @Test
    void noAttemptBeginsThatCannotEndInTime() {
        try (var fixture = new Fixture(patient(A).withAttemptTimeout(LONG))) {
            var slowly = Duration.ofMillis(200);
            fixture.transport.instance(A, slow(slowly, status(200)));
            fixture.get();
            fixture.transport.instance(A, slow(slowly, status(503)));

            fixture.call(request("GET", null), TestContext.within(Duration.ofMillis(350)));

            assertThat(fixture.sent()).isEqualTo(2);
        }
    }

    @Test
    void aCallThatHasEndedSendsNothing() {
        try (var fixture = new Fixture(patient(A))) {
            var context = TestContext.unhurried();
            context.cancel();

            assertThatThrownBy(() -> fixture.call(request("GET", null), context))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(fixture.sent()).isZero();
        }
    }

    @Test
    void cancellationEndsAPause() throws Exception {
        try (var fixture = new Fixture(patient(A).withRetries(new ServiceRetries(3, LONG, 100)))) {
            fixture.transport.instance(A, status(503));
            var context = TestContext.unhurried();
            var call = fixture.start(request("GET", null), context);
            Eventually.holds(() -> fixture.sent() == 1);
            context.cancel();

            assertThat(call.get(Eventually.SECONDS, java.util.concurrent.TimeUnit.SECONDS))
                    .isInstanceOf(Response.class);
            assertThat(fixture.sent()).isOne();
        }
    }

    @Test
    void repetitionsAreATenthOfTheRequestsAndTen() {
        var settings = patient(A, B).withRetries(new ServiceRetries(3, Duration.ofMillis(1), 10));
        try (var fixture = new Fixture(settings)) {
            fixture.transport.instance(A, status(503)).instance(B, status(503));
            for (int i = 0; i < 200; i++) {
                fixture.get();
            }
            assertThat(fixture.sent()).isBetween(220, 230);
        }
    }

    @Test
    void anEffectThatMayHaveHappenedStaysUnconfirmed() {
        for (var later : List.of(down(), status(503), status(409), status(422))) {
            try (var fixture = new Fixture(patient(A))) {
                fixture.transport.instance(A, sequence(broken(), later));

                assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                        .isInstanceOf(Unconfirmed.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aServerErrorLeavesTheEffectOpenUntilARepeatedRequestSucceeds(int error) {
        for (var refusal : List.of(status(400), status(401), status(403), status(404), status(409), status(429))) {
            try (var fixture = new Fixture(patient(A))) {
                fixture.transport.instance(A, sequence(status(error), refusal));
                var outcome = fixture.call(request("POST", "key-1"), TestContext.unhurried());

                if (error == 500) {
                    assertThat(outcome).as("is not repeated").isInstanceOf(Response.class);
                } else {
                    assertThat(outcome).isInstanceOf(Unconfirmed.class);
                }
            }
        }
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(status(503), status(201)));

            assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                    .isInstanceOfSatisfying(
                            Response.class, one -> assertThat(one.status()).isEqualTo(201));
        }
    }

    @Test
    void aDeletionIsUnconfirmedIfTheRepeatedRequestFindsNothing() {
        for (var first : List.of(broken(), status(504))) {
            try (var fixture = new Fixture(patient(A))) {
                fixture.transport.instance(A, sequence(first, status(404)));

                assertThat(fixture.call(request("DELETE", null), TestContext.unhurried()))
                        .isInstanceOf(Unconfirmed.class);
            }
        }
    }

    @Test
    void aRequestThatOnlyReadsIsJudgedByItsLatestResponse() {
        for (var first : List.of(broken(), status(503))) {
            try (var fixture = new Fixture(patient(A))) {
                fixture.transport.instance(A, sequence(first, status(404)));

                assertThat(fixture.get())
                        .isInstanceOfSatisfying(
                                Response.class, one -> assertThat(one.status()).isEqualTo(404));
            }
        }
    }

    @Test
    void aRefusedAttemptDoesNotHideAnEarlierServerError() {
        Behavior refused = (request, limits, context) -> {
            throw new RefusedException(RefusedException.Reason.FORBIDDEN, "The address is private.", null);
        };
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(status(504), refused));

            assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                    .isInstanceOfSatisfying(
                            Response.class, one -> assertThat(one.status()).isEqualTo(504));
        }
    }

    @Test
    void aRefusalAfterARequestThatMayHaveHadItsEffectIsUnconfirmed() {
        Behavior refusing = (request, limits, context) -> {
            throw new RefusedException("The response is too large.", null);
        };
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(broken(), refusing));

            assertThat(fixture.call(request("POST", "key-1"), TestContext.unhurried()))
                    .isInstanceOf(Unconfirmed.class);
        }
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, refusing);

            assertThatThrownBy(fixture::post).isInstanceOf(RefusedException.class);
            assertThat(fixture.sent()).isOne();
        }
    }

    @Test
    void aResponseSaysMoreThanALaterFailureToConnect() {
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, sequence(status(503), down()));

            assertThat(fixture.get()).isInstanceOf(Response.class);
        }
        try (var fixture = new Fixture(patient(A))) {
            fixture.transport.instance(A, down());

            ServiceOutcome outcome = fixture.get();
            assertThat(outcome).isInstanceOf(NotDelivered.class);
            assertThat(fixture.sent()).isEqualTo(4);
        }
    }
}
