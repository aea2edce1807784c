package io.breakwater.core.presentation.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way this server reads JSON: strictly, exactly and within bounds.
 *
 * <p>Strictly: a name given twice, or anything behind the value, is an error. Exactly: fractions are decimals as
 * written, {@code 1.10} keeps its zero. Within bounds: nesting, the length of numbers and of texts are limited while
 * reading, so that a hostile document costs no more than its bytes.
 */
public final class Mapper {
    /** How deep arrays and objects may nest. */
    public static final int MAX_DEPTH = 64;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    private Mapper() {}

    /**
     * A mapper for documents of at most that many bytes; it is safe for use by many threads.
     *
     * @param maxBytes the largest document that is handed in, and so the longest text inside one
     */
    public static JsonMapper strict(int maxBytes) {
        return builder(maxBytes).build();
    }

    /** The same settings, for rooms that add modules of their own. */
    public static JsonMapper.Builder builder(int maxBytes) {
        return JsonMapper.builder(factory(maxBytes))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // Noticed when a member is put into the tree, which costs nothing; the parser would keep names twice.
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    private static JsonFactory factory(int maxBytes) {
        return JsonFactory.builder()
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(constraints(maxBytes))
                .build();
    }

    private static StreamReadConstraints constraints(int maxBytes) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(maxBytes)
                .build();
    }
}
