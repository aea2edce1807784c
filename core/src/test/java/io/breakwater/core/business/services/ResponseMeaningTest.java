package io.breakwater.core.business.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.services.ApiOutcome.Failure;
import io.breakwater.core.business.services.ApiOutcome.Kind;
import io.breakwater.core.business.services.ApiOutcome.Success;
import io.breakwater.core.business.services.ApiRequest.BodyFormat;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ServiceMessage;
import io.breakwater.port.driven.ServiceOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseMeaningTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static ApiOutcome outcome(String method, ServiceOutcome outcome) {
        var request = new ApiRequest(
                "users",
                method,
                "/users/{id}",
                Endpoint.of("/users/5", Json.Obj.EMPTY),
                Map.of(),
                null,
                BodyFormat.JSON);
        return new ResponseMeaning(request, NOW).of(outcome);
    }

    private static ServiceOutcome.Response response(int status, String mediaType, String body) {
        return new ServiceOutcome.Response(
                status, Map.of("content-type", List.of(mediaType)), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Failure failure(String method, int status, String mediaType, String body) {
        return (Failure) outcome(method, response(status, mediaType, body));
    }

    private static @Nullable Duration retryAfter(String field) {
        var response = new ServiceOutcome.Response(429, Map.of("retry-after", List.of(field)), new byte[0]);
        return ((Failure) outcome("GET", response)).retryAfter();
    }

    @Test
    void everyStatusFrom200To299IsASuccess() {
        for (int status = 200; status < 300; status++) {
            assertThat(outcome("POST", response(status, "text/plain", "x"))).isInstanceOf(Success.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, FAILED",
        "304, FAILED",
        "400, INVALID",
        "401, FAILED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, INVALID",
        "407, FAILED",
        "408, FAILED",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "412, CONFLICT",
        "413, INVALID",
        "422, INVALID",
        "429, RATE_LIMITED",
        "500, FAILED",
        "502, FAILED",
        "503, FAILED",
        "504, FAILED",
        "599, FAILED"
    })
    void theStatusDeterminesTheKindOfFailure(int status, Kind kind) {
        assertThat(failure("GET", status, "text/html", "<html>")).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.message())
                    .startsWith("The service users responded with status " + status + " to GET \"/users/{id}\".");
        });
    }

    @Test
    void saysWhetherARequestThatFailedMayHaveHadAnEffect() {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(failure(method, 422, "text/html", "")).satisfies(refused -> {
                assertThat(refused.hadNoEffect()).isTrue();
                assertThat(refused.message()).doesNotContain("unknown");
            });
            for (int status : new int[] {302, 408, 500, 503}) {
                assertThat(failure(method, status, "text/html", "")).satisfies(failed -> {
                    assertThat(failed.hadNoEffect()).isFalse();
                    assertThat(failed.message()).contains("The outcome is unknown");
                });
            }
            assertThat(outcome(method, new ServiceOutcome.Unconfirmed("No response.", true)))
                    .isEqualTo(new Failure(
                            Kind.TIMEOUT,
                            "No response. The outcome is unknown: the request may have had its effect. Check that before"
                                    + " you repeat it.",
                            null,
                            false));
        }
        assertThat(outcome("GET", new ServiceOutcome.Unconfirmed("Cut off.", false)))
                .isEqualTo(new Failure(Kind.FAILED, "Cut off.", null, true));
        assertThat(outcome("POST", new ServiceOutcome.NotDelivered("All are down.", Duration.ofSeconds(3))))
                .isEqualTo(new Failure(Kind.FAILED, "All are down.", Duration.ofSeconds(3), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    application/json         | {"message":"No such user."}                                   | No such user.
                    application/json         | {"error":{"code":7,"message":"Too old"}}                      | Too old
                    application/json         | {"error":"invalid_grant","error_description":"Expired"}       | Expired
                    application/problem+json | {"title":"Bad","detail":"Name is missing","trace":"at x.Y"}    | Name is missing
                    application/json         | {"detail":[{"loc":["body","age"],"msg":"not a number"}]}      | body.age: not a number
                    application/json         | {"errors":["first","second"]}                                 | first; second
                    application/json         | "just a text"                                                 | just a text
                    text/plain               | Out of stock                                                  | Out of stock
                    application/json         | {"message":"He said \\"no\\""}                                | He said 'no'
                    application/json         | {"message":"cannot connect to 10.0.0.5:5432"}                 | cannot connect to (address)
                    application/json         | {"message":"at http://db.internal/x?k=v failed"}              | at (address) failed
                    application/json         | {"message":"[fd00::1]:80 and db.internal:5432 refuse"}        | (address) and (address) refuse
                    application/json         | {"message":"cannot read /etc/secrets/key now"}                | cannot read (path) now
                    application/json         | {"message":"version 1.2.3 at 10:30, and/or /users/5"}         | version 1.2.3 at 10:30, and/or /users/5
                    """)
    void tellsWhatTheServiceSaysAndRemovesItsInternals(String mediaType, String body, String said) {
        assertThat(failure("GET", 400, mediaType, body).message()).endsWith(": \"" + said + "\".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    no route to 10.0.0.1.               | no route to (address).
                    10.0.0.1x                           | (address)x
                    host10.0.0.1 and 10.0.0.1:80,       | host(address) and (address),
                    fd12::1                             | (address)
                    ::1                                 | (address)
                    at ::ffff:10.0.0.1 and fe80::1%eth0 | at (address) and (address)
                    fd00:1:2:3:4:5:6:7 [fe80::1%eth0]:8 | (address) (address)
                    00:1a:2b:3c:4d:5e is not fd00::     | (address) is not (address)
                    pg-1:5432 and db:5432 and web1:80   | (address) and (address) and (address)
                    my_db:5432 orders-db_1:443          | (address) (address)
                    cannot open /data/x.db              | cannot open (path)
                    /mnt/a /run/secrets/k /proc/self    | (path) (path) (path)
                    /var/lib/x.py:5: in f               | (path):5: in f
                    C:\\app\\x.java D:/data/y       | (path) (path)
                    open \\\\srv\\share\\x failed | open (path) failed
                    status:500 at 10:30:45, Foo::bar    | status:500 at 10:30:45, Foo::bar
                    ratio 1:2, a :: b, 1.2.3, /users/5  | ratio 1:2, a :: b, 1.2.3, /users/5
                    """)
    void removesTheInternalsOfTheService(String message, String said) {
        var body = Json.object().put("message", message).build();

        assertThat(failure("GET", 400, "application/json", body.toString()).message())
                .endsWith(": \"" + said + "\".");
        assertThat(ServiceMessage.of(body)).contains("\"" + said + "\"");
    }

    @Test
    void looksForInternalsInLongTextsQuickly() {
        for (var repeated : List.of("a-", "1.", "a:", "f:", "::", "a.", "/", "\\", "[", "a1_", "http:")) {
            assertThat(failure("GET", 400, "text/plain", repeated.repeat(8_000)).message())
                    .hasSizeLessThan(500);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    text/html        | <html><body>Fatal error in /srv/app.php</body></html>
                    application/json | {"stack":"at x.Y(Y.java:5)","exception":"java.lang.NullPointerException"}
                    application/json | {"message":
                    application/json | {"message":""}
                    application/json | {"message":{"message":{"message":{"message":"deep"}}}}
                    application/pdf  | %PDF
                    """)
    void doesNotShowWhatIsNotMeantForReaders(String mediaType, String body) {
        assertThat(failure("GET", 500, mediaType, body).message())
                .isEqualTo("The service users responded with status 500 to GET \"/users/{id}\".");
    }

    @Test
    void theMessageIsOneShortLineWithoutInvisibleCharacters() {
        assertThat(failure("GET", 500, "text/plain", "Failed\n\tat x.Y(Y.java:5)")
                        .message())
                .endsWith(": \"Failed\".");
        assertThat(failure("GET", 400, "application/json", "{\"message\":\"a\\u0000b\\u001b[31m\\u202Ec\\u200Bd\"}")
                        .message())
                .endsWith(": \"a b [31m\uFFFDc\uFFFDd\".");
        assertThat(failure("GET", 400, "application/json", "{\"message\":\"" + "\uD83D\uDE00".repeat(5_000) + "\"}")
                        .message())
                .doesNotContain("\uD83D");
        assertThat(failure("GET", 400, "application/json", "{\"message\":\"" + "\uD83D\uDE00".repeat(400) + "\"}")
                        .message())
                .endsWith("\uD83D\uDE00".repeat(300) + "...\".");
    }

    @Test
    void readsRetryAfterAsSecondsAndAsDateAndLimitsIt() {
        assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("Sun, 01 Mar 2026 12:00:30 GMT")).isEqualTo(Duration.ofSeconds(30));
        assertThat(retryAfter("Sun, 01 Mar 2026 11:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("31536000")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter("-1")).isNull();
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("99999999999999999999")).isNull();
    }
}
