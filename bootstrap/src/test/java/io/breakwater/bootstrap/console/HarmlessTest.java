package io.breakwater.bootstrap.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HarmlessTest {

    @Test
    void keepsTextOnOneLine() {
        assertThat(Harmless.line("a\r\nb\tc")).isEqualTo("a\\r\\nb\\tc");
    }

    @Test
    void disarmsTerminalCommands() {
        assertThat(Harmless.line("\u001b[31mred\u009b1m\u0007")).isEqualTo("\\u001b[31mred\\u009b1m\\u0007");
        assertThat(Harmless.line("\u007f\u0000")).isEqualTo("\\u007f\\u0000");
    }

    @Test
    void disarmsWhatReordersAndBreaksLinesUnseen() {
        assertThat(Harmless.line("\u202eevil\u2066\u2028\u2029\u0085\u200b"))
                .isEqualTo("\\u202eevil\\u2066\\u2028\\u2029\\u0085\\u200b");
    }

    @Test
    void keepsPairsOfSurrogatesAndEscapesHalves() {
        assertThat(Harmless.line("ü € 😀")).isEqualTo("ü € 😀");
        assertThat(Harmless.line("\ud83d!\ude00")).isEqualTo("\\ud83d!\\ude00");
    }

    @Test
    void keepsLineBreaksWhereTheyAreWanted() {
        assertThat(Harmless.lines("a\n\tb\r\u001b")).isEqualTo("a\n\tb\\r\\u001b");
    }
}
