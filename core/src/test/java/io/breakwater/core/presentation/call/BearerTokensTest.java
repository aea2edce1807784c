package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallerToken;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.support.ApiKeyFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    private static final Principal ANN = Principal.of("https://id.example.com", "ann");

    private static HeaderFields fields(Map<String, List<String>> values) {
        return name -> values.getOrDefault(name, List.of());
    }

    private static HeaderFields authorization(String... values) {
        return fields(Map.of("Authorization", List.of(values)));
    }

    @Test
    void findsTheTokenOfTheCaller() {
        assertThat(BearerTokens.of(ANN, authorization("bearer  t0ken"))).isEqualTo(new CallerToken(ANN.id(), "t0ken"));
        assertThat(BearerTokens.of(ANN, authorization("Bearer t0ken")))
                .asString()
                .doesNotContain("t0ken");
    }

    @Test
    void anythingElseIsNoToken() {
        assertThat(BearerTokens.of(ANN, HeaderFields.NONE)).isNull();
        assertThat(BearerTokens.of(ANN, authorization("Bearer "))).isNull();
        assertThat(BearerTokens.of(ANN, authorization("DPoP t0ken"))).isNull();
        assertThat(BearerTokens.of(ANN, authorization("Bearer a", "Bearer b"))).isNull();
        assertThat(BearerTokens.of(ANN, authorization("Bearer " + ApiKeyFormat.PREFIX + "id.secret")))
                .isNull();
        assertThat(BearerTokens.of(
                        ANN, fields(Map.of("Authorization", List.of("Bearer a"), "X-API-Key", List.of("b")))))
                .isNull();
        assertThat(BearerTokens.of(Principal.of("a single key"), authorization("Bearer key")))
                .as("the key of a server without tokens")
                .isNull();
    }
}
