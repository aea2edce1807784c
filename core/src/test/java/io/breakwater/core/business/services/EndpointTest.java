package io.breakwater.core.business.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static Json.Obj params(Object... members) {
        var json = Json.object();
        for (int i = 0; i < members.length; i += 2) {
            var value = members[i + 1];
            json.put((String) members[i], value instanceof Json given ? given : Json.of((String) value));
        }
        return json.build();
    }

    private static Optional<Endpoint> fill(String template, Json.Obj params) {
        try {
            return Optional.of(Endpoint.of(template, params));
        } catch (RefusedException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
            assertThat(String.valueOf(refused.getMessage())).isNotBlank().doesNotContain("\r", "\n", "\u0000");
            return Optional.empty();
        }
    }

    static Stream<String> hostileTexts() {
        return HostileTexts.all();
    }

    static Stream<String> refusedInPaths() {
        return HostileTexts.refusedInPaths();
    }

    static Stream<String> delimiters() {
        return HostileTexts.WITH_DELIMITERS.stream();
    }

    @ParameterizedTest
    @MethodSource("refusedInPaths")
    void refusesValuesThatCouldLeaveTheirSegment(String text) {
        assertThat(fill("/users/{id}/orders", params("id", text))).isEmpty();
        assertThat(fill("/users/{id}", params("id", text))).isEmpty();
        assertThat(fill("/{id}", params("id", text))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("delimiters")
    void encodesDelimitersInValuesOfThePath(String text) {
        var endpoint = fill("/users/{id}/orders", params("id", text)).orElseThrow();

        assertThat(endpoint.query()).isEmpty();
        assertThat(endpoint.path()).matches("/users/[A-Za-z0-9._~%-]+/orders");
        var encoded = endpoint.path().split("/", -1)[2];
        assertThat(decoded(encoded)).isEqualTo(text);
    }

    /** Whatever the value is and wherever it stands, the request is refused or keeps the structure of its template. */
    @ParameterizedTest
    @MethodSource("hostileTexts")
    void keepsTheStructureOfTheTemplate(String text) {
        for (var template : List.of(
                "/a/{x}/b",
                "/a/{x}",
                "/{x}",
                "/a/v-{x}",
                "/a/{x}.json",
                "/a/{x}{x}",
                "/a/.{x}",
                "/a/{x}./b",
                "/a/b/",
                "/")) {
            fill(template, params("x", text)).ifPresent(endpoint -> assertStructure(template, endpoint));
        }
    }

    private static void assertStructure(String template, Endpoint endpoint) {
        var uri = URI.create("http://service.example" + endpoint.target());
        assertThat(uri.getRawAuthority()).isEqualTo("service.example");
        assertThat(uri.getRawFragment()).isNull();
        assertThat(uri.normalize()).isEqualTo(uri);
        assertThat(uri.getRawPath().split("/", -1)).hasSameSizeAs(template.split("/", -1));
        assertThat(endpoint.target()).matches("[!-~]+").doesNotContain("\\", "//");
        var reading = uri.getRawPath();
        for (int i = 0; i < 6; i++) {
            reading = lenientlyDecoded(reading);
            var again = URI.create("http://service.example").resolve(safe(reading));
            assertThat(reading).doesNotContain("\\", "//", "\u0000", "\r", "\n");
            assertThat(again.normalize().getRawPath()).isEqualTo(again.getRawPath());
        }
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String lenientlyDecoded(String path) {
        try {
            return decoded(path);
        } catch (IllegalArgumentException noEscape) {
            return path;
        }
    }

    private static String safe(String path) {
        return path.replaceAll("[^A-Za-z0-9._~/;-]", "_");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void aQueryHasExactlyTheGivenNamesAndValues(String text) {
        for (var given : List.of(
                params("q", text, "n", "1"),
                params(text, "v", "n", "1"),
                params("q", Json.array(Json.of("0"), Json.of(text)), "n", "1"))) {
            var filled = fill("/search", given);
            boolean control = text.chars().anyMatch(Character::isISOControl);
            boolean withoutName = given.has("");

            assertThat(filled.isEmpty()).as("refused").isEqualTo(control || withoutName);
            filled.ifPresent(endpoint -> {
                assertThat(endpoint.path()).isEqualTo("/search");
                assertThat(endpoint.query()).matches("[A-Za-z0-9._~%&=-]+");
                assertThat(pairs(endpoint.query())).isEqualTo(expected(given));
            });
        }
    }

    private static List<String> pairs(String query) {
        return Stream.of(query.split("&"))
                .map(pair -> pair.split("=", -1))
                .map(pair -> decoded(pair[0]) + " = " + decoded(pair[1]))
                .toList();
    }

    private static List<String> expected(Json.Obj params) {
        var pairs = new ArrayList<String>();
        params.members().forEach((name, value) -> {
            var items = value instanceof Json.Arr(var several) ? several : List.of(value);
            items.forEach(item -> pairs.add(name + " = " + ((Json.Text) item).value()));
        });
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "users",
                "http://evil.example/users",
                "https:/users",
                "//evil.example/users",
                "///users",
                "/users//5",
                "//",
                "/users?admin=true",
                "/users#top",
                "/..",
                "/users/..",
                "/users/../admin",
                "/users/./5",
                "/users/%2e%2e/admin",
                "/users/%2E./admin",
                "/users/%252e%252e/admin",
                "/users/..;/admin",
                "/users;v=1/5",
                "/users/%3b/admin",
                "/users/..%3bx/admin",
                "/users\\..\\admin",
                "/users/%5c..%5cadmin",
                "/users/%2f..%2fadmin",
                "/users/%2fadmin",
                "/users/%c0%ae%c0%ae/admin",
                "/users/\uFF0E\uFF0E/admin",
                "/users/%uff0e%uff0e/admin",
                "/users/%",
                "/users/%2",
                "/users/%zz",
                "/users/%ff",
                "/users\r\nHost: evil.example",
                "/users/%0d%0aHost:evil",
                "/users/%00",
                "/users/\u0000",
                "/users/{",
                "/users/}",
                "/users/{}",
                "/users/{id",
                "/users/{i/d}",
                "/users/id}",
                "/users/{unknown}"
            })
    void refusesEndpointsThatAreNoPlainPaths(String endpoint) {
        assertThat(fill(endpoint, params("id", "5"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /                      | /
                    /users                 | /users
                    /users/                | /users/
                    /users/%41%62c-%7e     | /users/Abc-~
                    /users/%c3%bc          | /users/%C3%BC
                    /users/ü               | /users/%C3%BC
                    /users/a b             | /users/a%20b
                    /projects/a%2fb        | /projects/a%2Fb
                    /items:search          | /items:search
                    /Users(5)/$count       | /Users(5)/$count
                    /a,b/@me/a=b&c+d!*'    | /a,b/@me/a=b&c+d!*'
                    /v1..2/...a            | /v1..2/...a
                    """, quoteCharacter = '"')
    void writesEachPathInOneForm(String endpoint, String path) {
        assertThat(Endpoint.of(endpoint, Json.Obj.EMPTY).path()).isEqualTo(path);
    }

    @Test
    void fillsSegmentsAndFormsTheQueryOfTheOtherParams() {
        var endpoint = Endpoint.of(
                "/users/{id}/files/{name}.txt",
                params(
                        "expand",
                        Json.array(Json.of("a b"), Json.of(2)),
                        "id",
                        Json.of(5),
                        "name",
                        "x&y",
                        "all",
                        Json.of(true),
                        "none",
                        Json.Null.NULL));

        assertThat(endpoint.target()).isEqualTo("/users/5/files/x%26y.txt?expand=a%20b&expand=2&all=true");
    }

    @Test
    void aParameterCanFillSeveralPlaces() {
        assertThat(Endpoint.of("/{x}/{x}", params("x", "1")).target()).isEqualTo("/1/1");
    }

    @Test
    void saysWhichValueIsMissingOrOfTheWrongType() {
        assertThatThrownBy(() -> Endpoint.of("/users/{id}", Json.Obj.EMPTY))
                .hasMessageContaining("\"id\", which params does not have");
        assertThatThrownBy(() -> Endpoint.of("/users/{id}", params("id", Json.Null.NULL)))
                .hasMessageContaining("params.\"id\" is null");
        assertThatThrownBy(() -> Endpoint.of("/users/{id}", params("id", Json.array())))
                .hasMessageContaining("is an array");
        assertThatThrownBy(() -> Endpoint.of("/users", params("filter", Json.Obj.EMPTY)))
                .hasMessageContaining("params.\"filter\" is an object");
        assertThatThrownBy(() -> Endpoint.of("/users", params("q", Json.array(Json.array()))))
                .hasMessageContaining("is an array");
    }

    @Test
    void limitsTheLengthOfTheTarget() {
        assertThat(fill("/search", params("q", "x".repeat(8_000)))).isPresent();
        assertThatThrownBy(() -> Endpoint.of("/search", params("q", "ü".repeat(2_000))))
                .hasMessageContaining("more than 8192 characters");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThat(fill("/a/{x}", params("x", "\uD83D"))).isEmpty();
        assertThat(fill("/a", params("x", "\uDE00"))).isEmpty();
    }

    @Test
    void namesTheFormsInWhichServersMaySeeThePath() {
        assertThat(Endpoint.of("/a/b", Json.Obj.EMPTY).forms()).containsExactly("/a/b");
        assertThat(Endpoint.of("/", Json.Obj.EMPTY).forms()).containsExactly("/");
        assertThat(Endpoint.of("/a/%2541dmin/", Json.Obj.EMPTY).forms())
                .containsExactly("/a/%2541dmin/", "/a/%2541dmin", "/a/Admin/", "/a/Admin");
        assertThat(Endpoint.of("/{a}/x", params("a", "a/b")).forms()).containsExactly("/a%2Fb/x", "/a/b/x");
    }
}
