package io.breakwater.adapter.postgres.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text file in which {@code ## } begins a chapter and {@code ### } a passage.
 *
 * @param chapter the chapter's heading
 * @param title the passage's own heading
 * @param text what stands below it
 */
record TextSection(String chapter, String title, String text) {

    /** Those of a file beside this class, in their order. */
    static List<TextSection> of(String file) {
        var passages = new ArrayList<TextSection>();
        for (var chapter : resource(file).split("(?m)^## ", -1)) {
            var parts = chapter.split("(?m)^### ", -1);
            for (int i = 1; i < parts.length; i++) {
                passages.add(new TextSection(parts[0].strip(), heading(parts[i]), below(parts[i])));
            }
        }
        return passages;
    }

    /** The text of a file beside this class. */
    static String resource(String file) {
        try (var stream = TextSection.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String heading(String part) {
        return part.substring(0, part.indexOf('\n')).strip();
    }

    private static String below(String part) {
        return part.substring(part.indexOf('\n') + 1).strip();
    }
}
