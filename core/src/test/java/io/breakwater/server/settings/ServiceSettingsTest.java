package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.sample.settings.NullComponents;
import io.breakwater.server.settings.ServiceCredentials.Basic;
import io.breakwater.server.settings.ServiceCredentials.Bearer;
import io.breakwater.server.settings.ServiceCredentials.ClientCredentials;
import io.breakwater.server.settings.ServiceCredentials.HeaderField;
import io.breakwater.server.settings.ServiceCredentials.None;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import io.breakwater.server.settings.ServiceCredentials.TokenExchange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {
    private static final ServiceInstances INSTANCES = ServiceInstances.of("http://users:8080");
    private static final ServiceSettings STANDARD = ServiceSettings.of("users", INSTANCES);
    private static final TokenEndpoint ENDPOINT =
            new TokenEndpoint("https://id.example.com/token?realm=a", "client", Secret.of("s3cret"), List.of(), null);

    @Test
    void shipsWithTheseLimits() {
        assertThat(STANDARD)
                .isEqualTo(new ServiceSettings(
                        "users",
                        null,
                        INSTANCES,
                        new None(),
                        new ServiceHealthCheck("/health", Duration.ofSeconds(10), Duration.ofSeconds(5)),
                        Duration.ofSeconds(10),
                        new ServiceRetries(3, Duration.ofSeconds(1), 10),
                        new ServiceBreaker(5, Duration.ofSeconds(60)),
                        100,
                        1 << 20,
                        List.of(),
                        true));
    }

    @Test
    void noTextFormContainsASecret() {
        var secret = Secret.of("s3cret");

        assertThat(List.of(
                        secret,
                        STANDARD.withCredentials(new Bearer(secret)),
                        STANDARD.withCredentials(new Basic("user", secret)),
                        STANDARD.withCredentials(new HeaderField("X-API-Key", secret)),
                        STANDARD.withCredentials(new ClientCredentials(ENDPOINT)),
                        STANDARD.withCredentials(new TokenExchange(ENDPOINT))))
                .allSatisfy(settings ->
                        assertThat(settings.toString()).contains("******").doesNotContain("s3cret"));
    }

    @Test
    void callersCannotSetFieldsOfTheServer() {
        var withKey = STANDARD.withCredentials(new HeaderField("X-Token", Secret.of("s3cret")));

        assertThatThrownBy(() -> STANDARD.withRequestFields(List.of("Authorization")))
                .hasMessage("requestFields must not contain authorization, which callers cannot set.");
        assertThatThrownBy(() -> withKey.withRequestFields(List.of("x-token")))
                .hasMessage("requestFields must not contain x-token, which callers cannot set.");
        assertThatThrownBy(() -> STANDARD.withRequestFields(List.of("two words")))
                .hasMessageContaining("must be names of header fields");
        assertThat(STANDARD.withRequestFields(List.of("X-Tenant", "accept", "x-tenant"))
                        .requestFields())
                .containsExactly("accept", "x-tenant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Api-Key", "Cookie", "Proxy-Authorization", "DPoP", "X-Forwarded-Prefix", "baggage", "Via"})
    void aFieldThatCallersNeverSetIsRefusedRatherThanIgnored(String field) {
        assertThatThrownBy(() -> STANDARD.withRequestFields(List.of(field)))
                .hasMessageEndingWith("which callers cannot set.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "X-Request-Id",
                "Proxy-Authorization"
            })
    void aFieldOfTheServerCarriesNoCredentials(String field) {
        var secret = Secret.of("s3cret");

        assertThatThrownBy(() -> new HeaderField(field, secret))
                .hasMessage("field must not be " + field + ", which carries no credentials.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Cookie", "X-API-Key", "X-Token"})
    void aFieldForCredentialsCarriesThem(String field) {
        assertThat(new HeaderField(field, Secret.of("s3cret")).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users:8080",
                "ftp://users",
                "http://user:s3cret@users",
                "http://users/api",
                "http://users?a",
                "http://users#a",
                "http://",
                "http://us ers",
                "http://users:0",
                "http://users:70000"
            })
    void refusesWhatIsNoOrigin(String url) {
        assertThatThrownBy(() -> ServiceInstances.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void readsOrigins() {
        assertThat(ServiceOrigin.parse("HTTPS://Users.Example/"))
                .isEqualTo(new ServiceOrigin(true, "users.example", 443));
        assertThat(ServiceOrigin.parse("http://[::1]:81")).isEqualTo(new ServiceOrigin(false, "::1", 81));
        assertThat(ServiceOrigin.parse("http://[::1]:81")).hasToString("http://[::1]:81");
        assertThat(ServiceOrigin.parse("http://users:80")).hasToString("http://users");
        assertThat(ENDPOINT.origin()).isEqualTo(new ServiceOrigin(true, "id.example.com", 443));
        assertThat(ENDPOINT.target()).isEqualTo("/token?realm=a");
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> ServiceSettings.of("User Service", INSTANCES)).hasMessageContaining("name must be");
        assertThatThrownBy(() -> STANDARD.withLimits(0, 1)).hasMessage("maxConcurrency must be at least 1, but is 0.");
        assertThatThrownBy(() -> STANDARD.withLimits(1, 0)).hasMessage("responseBytes must be at least 1, but is 0.");
        assertThatThrownBy(() -> new ServiceRetries(11, Duration.ofSeconds(1), 10))
                .hasMessage("retries must be at most 10, but is 11.");
        assertThatThrownBy(() -> new ServiceHealthCheck("/", Duration.ofMillis(99), Duration.ofSeconds(1)))
                .hasMessage("interval must be at least 100 ms, but is PT0.099S.");
        assertThatThrownBy(() -> new ServiceHealthCheck("/", Duration.ofSeconds(1), Duration.ofSeconds(61)))
                .hasMessage("timeout must be at most 1 minute, but is PT1M1S.");
        assertThatThrownBy(() -> new ServiceRetries(1, Duration.ofSeconds(1), 101))
                .hasMessage("budgetPercent must be at most 100, but is 101.");
        assertThatThrownBy(() -> new ServiceBreaker(0, Duration.ofSeconds(1)))
                .hasMessage("failures must be at least 1, but is 0.");
        assertThatThrownBy(() -> ServiceInstances.of("http://a", "http://a:80"))
                .hasMessage("origins must contain each instance once.");
        assertThatThrownBy(() -> new Bearer(Secret.of("a\r\nb"))).hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> new Bearer(Secret.of("a b"))).hasMessage("token must contain no spaces.");
        assertThatThrownBy(() -> new TokenEndpoint("http://id.example.com/token", "a", Secret.of("b"), List.of(), null))
                .hasMessageContaining("url must be an https URL");
    }

    @Test
    void refusesNullAndNamesTheComponent() {
        assertThat(NullComponents.acceptedBy(
                        STANDARD,
                        ServiceHealthCheck.STANDARD,
                        ServiceRetries.STANDARD,
                        ServiceBreaker.STANDARD,
                        ENDPOINT,
                        new TokenExchange(ENDPOINT),
                        new ClientCredentials(ENDPOINT),
                        new Bearer(Secret.of("a")),
                        new Basic("a", Secret.of("a")),
                        new HeaderField("a", Secret.of("a")),
                        new ServiceInstances.Dns(ServiceOrigin.parse("http://a")),
                        new ServiceInstances.Srv(false, "a"),
                        new ServiceInstances.Supplied(List::of),
                        new ServiceInstances.Fixed(List.of(ServiceOrigin.parse("http://a"))),
                        new ServiceOrigin(true, "a", 1)))
                .isEmpty();
    }
}
