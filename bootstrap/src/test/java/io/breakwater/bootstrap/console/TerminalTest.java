package io.breakwater.bootstrap.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void coloursOnlyATerminal() {
        assertThat(Terminal.coloured(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.coloured(false, Map.of("TERM", "xterm"))).isFalse();
        assertThat(Terminal.coloured(true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void obeysTheUsualVariables() {
        assertThat(Terminal.coloured(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.coloured(true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.coloured(false, Map.of("CLICOLOR_FORCE", "1"))).isTrue();
        assertThat(Terminal.coloured(true, Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")))
                .isFalse();
    }
}
