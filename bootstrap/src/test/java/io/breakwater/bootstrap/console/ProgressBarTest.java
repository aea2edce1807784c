package io.breakwater.bootstrap.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter text = new StringWriter();

    @Test
    void growsInPlaceOnATerminal() {
        var bar = new ProgressBar(new PrintWriter(text), new Terminal(true, false));

        bar.at(0, 2, "first");
        bar.at(1, 2, "second");
        bar.at(2, 2, "done");

        assertThat(text.toString().split("\r\u001b\\[K", -1))
                .containsExactly(
                        "",
                        "[" + "-".repeat(30) + "]   0 % first",
                        "[" + "#".repeat(15) + "-".repeat(15) + "]  50 % second",
                        "[" + "#".repeat(30) + "] 100 % done\n");
    }

    @Test
    void isALineForEachPartElsewhere() {
        var bar = new ProgressBar(new PrintWriter(text), Terminal.NONE);

        bar.at(0, 3, "first");
        bar.at(1, 3, "second");

        assertThat(text).hasToString("  0 % first\n 33 % second\n");
    }
}
