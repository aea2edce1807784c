package io.breakwater.port.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSuggestionTest {
    private static final List<String> NAMES = List.of("host", "port", "path", "allowed-hosts");

    @ParameterizedTest
    @CsvSource({
        "hots,host",
        "hst,host",
        "hostt,host",
        "prot,port",
        "PORT,port",
        "allowedHosts,allowed-hosts",
        "allowed_host,allowed-hosts",
        "alowed-hosts,allowed-hosts"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(NameSuggestion.to(written, NAMES)).contains(meant);
    }

    @Test
    void asksWhetherTheSimilarNameWasMeant() {
        assertThat(NameSuggestion.hint("prot", NAMES)).contains("did you mean port?");
        assertThat(NameSuggestion.hint("bananas", NAMES)).isEmpty();
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(NameSuggestion.to("bananas", NAMES)).isEmpty();
        assertThat(NameSuggestion.to("x", List.of())).isEmpty();
        assertThat(NameSuggestion.to("port" + "x".repeat(1_000), NAMES)).isEmpty();
    }
}
