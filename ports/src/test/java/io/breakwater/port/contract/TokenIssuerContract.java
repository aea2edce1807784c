package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.TokenIssuer;
import io.breakwater.port.driven.TokenIssuer.IssuedToken;
import io.breakwater.port.driven.TokenIssuer.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link TokenIssuer} must do. */
public abstract class TokenIssuerContract {
    private static final TokenRequest REQUEST =
            new TokenRequest("ann", "7", Set.of("reader"), "7-1", Duration.ofHours(1));

    /**
     * Creates an issuer.
     *
     * @param now the time of its clock
     */
    protected abstract TokenIssuer make(Instant now);

    @Test
    void aTokenExpiresAfterItsLifetimeInWholeSeconds() {
        var token = make(Instant.parse("2026-03-01T12:00:00.900Z")).issue(REQUEST);

        assertThat(token.expires()).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void eachTokenHasAnIdOfItsOwnInItsGroup() {
        var issuer = make(Instant.now());

        var ids = Stream.generate(() -> issuer.issue(REQUEST))
                .limit(100)
                .map(IssuedToken::id)
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.startsWith("7-1.") && id.length() > 20);
    }

    @Test
    void anIdWithoutAGroupHasNoFullStop() {
        var token = make(Instant.now()).issue(new TokenRequest("ann", "", Set.of(), "", Duration.ofHours(1)));

        assertThat(token.id()).doesNotContain(".").hasSizeGreaterThan(20);
    }

    @Test
    void theTextFormDoesNotContainTheToken() {
        var token = make(Instant.now()).issue(REQUEST);

        assertThat(token.toString()).contains(token.id()).doesNotContain(token.token());
    }
}
