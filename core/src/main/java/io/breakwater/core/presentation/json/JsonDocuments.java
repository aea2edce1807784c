package io.breakwater.core.presentation.json;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks JSON of another system that the server passes on without reading it. The rules are those of {@link TreeReader}, so
 * every strict client can read what passes. No tree is built: the check needs a few bytes for each name. Thread-safe.
 */
public final class JsonDocuments {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(TreeReader.MAX_DEPTH)
                    .maxNumberLength(TreeReader.MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonDocuments() {}

    /** Returns true if the bytes are one JSON document in UTF-8 without duplicate names. */
    public static boolean isValid(byte[] utf8) {
        if (!UnicodeCheck.text(utf8)) {
            return false;
        }
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return parser.nextToken() != null && hasUniqueNames(parser) && parser.nextToken() == null;
        } catch (JacksonException invalid) {
            return false;
        }
    }

    /** Reads the value that begins with the current token. */
    private static boolean hasUniqueNames(JsonParser parser) {
        Deque<NameSet> open = new ArrayDeque<>();
        do {
            switch (Objects.requireNonNull(parser.currentToken())) {
                case START_OBJECT -> open.push(new NameSet());
                case START_ARRAY -> open.push(NameSet.NONE);
                case END_OBJECT, END_ARRAY -> open.pop();
                case PROPERTY_NAME -> {
                    if (!Objects.requireNonNull(open.peek()).add(parser.currentName())) {
                        return false;
                    }
                }
                case VALUE_STRING -> parser.getStringLength(); // reads it to its end
                default -> {
                    // a number or a literal
                }
            }
        } while (!open.isEmpty() && parser.nextToken() != null);
        return open.isEmpty();
    }

    /**
     * The names of an object as hash codes of 64 bits. Two names with the same code count as duplicates: the document is
     * then treated as invalid, which loses nothing but its structure.
     */
    private static final class NameSet {
        static final NameSet NONE = new NameSet();

        private long[] codes = new long[8];
        private int size;

        boolean add(String name) {
            if (2 * size >= codes.length) {
                grow();
            }
            int slot = slot(codes, code(name));
            boolean isNew = codes[slot] == 0;
            codes[slot] = code(name);
            size += isNew ? 1 : 0;
            return isNew;
        }

        private void grow() {
            var larger = new long[2 * codes.length];
            Arrays.stream(codes).filter(code -> code != 0).forEach(code -> larger[slot(larger, code)] = code);
            codes = larger;
        }

        /** Returns the slot of the code, or the free slot for it. */
        private static int slot(long[] codes, long code) {
            int slot = (int) (code >>> 32) & (codes.length - 1);
            while (codes[slot] != 0 && codes[slot] != code) {
                slot = (slot + 1) & (codes.length - 1);
            }
            return slot;
        }

        /** The code is never 0, which marks a free slot. */
        private static long code(String name) {
            long code = 0xCBF29CE484222325L;
            for (int i = 0; i < name.length(); i++) {
                code = (code ^ name.charAt(i)) * 0x100000001B3L;
            }
            code ^= code >>> 29;
            return code == 0 ? 1 : code * 0x9E3779B97F4A7C15L;
        }
    }
}
