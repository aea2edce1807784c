package io.breakwater.sample.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page that is made of the code; with {@code -Dbreakwater.docs=write} it is written again.
 *
 * @param page its name in the folder {@code docs}
 * @param begin what stands before the part
 * @param end what stands behind it
 */
public record WrittenPart(String page, String begin, String end) {

    /** The part is this. */
    public void assertIs(String content) throws IOException {
        var file = Path.of("..", "docs", page);
        var before = Files.readString(file);
        var expected = before.substring(0, before.indexOf(begin) + begin.length())
                + content
                + before.substring(before.indexOf(end));

        if ("write".equals(System.getProperty("breakwater.docs"))) {
            Files.writeString(file, expected);
        }

        assertThat(Files.readString(file)).isEqualTo(expected);
    }
}
