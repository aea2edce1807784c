package io.breakwater.adapter.postgres.sql;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The system functions and operators whose work is the product of the lengths of two values, without a check for
 * interrupts.
 */
final class UnboundedFunctions {
    private static final Bound FIRST = constants -> constants.getFirst();
    private static final Bound SECOND = constants -> constants.size() < 2 || constants.get(1);
    private static final Bound LAST = constants -> constants.getLast();
    private static final Bound ONE = constants -> constants.contains(true);
    private static final Bound NOTHING = constants -> false;

    private static final Map<Bound, String> BOUNDS = Map.of(
            FIRST, "is_normalized normalize xml",
            SECOND, """
                    array_to_string bpchariclike bpcharicnlike bpcharlike bpcharnlike btrim bytealike byteanlike
                    jsonb_delete jsonb_exists_all jsonb_exists_any like ltrim nameiclike nameicnlike namelike namenlike
                    notlike replace rtrim split_part string_to_array string_to_table texticlike texticnlike textlike
                    textnlike translate""",
            LAST, "phraseto_tsquery plainto_tsquery to_tsquery websearch_to_tsquery",
            ONE, """
                    arraycontained arraycontains arrayoverlap jsonb_contained jsonb_contains path_distance path_inter
                    poly_distance poly_overlap position strict_word_similarity strict_word_similarity_commutator_op
                    strict_word_similarity_dist_commutator_op strict_word_similarity_dist_op strict_word_similarity_op strpos
                    tsquery_and tsquery_or tsquery_phrase word_similarity word_similarity_commutator_op
                    word_similarity_dist_commutator_op word_similarity_dist_op word_similarity_op""",
            NOTHING,
                    "int2vectorin oidvectorin oidvectortypes path_in poly_in ts_match_tq ts_match_tt tsqueryin xml_in");

    private static final Map<String, Bound> BY_NAME = BOUNDS.entrySet().stream()
            .flatMap(bound ->
                    Arrays.stream(bound.getValue().strip().split("\\s+")).map(name -> entry(name, bound.getKey())))
            .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The input functions that take long for a long text, by type. */
    static final Map<String, String> INPUTS =
            Map.of("xml", "xml_in", "tsquery", "tsqueryin", "oidvector", "oidvectorin", "int2vector", "int2vectorin");

    /** The types that are always refused: even a short value takes too long. */
    static final Set<String> TYPES = Set.of("path", "polygon");

    /** The input functions of these types. */
    static final Map<String, String> MADE_BY = Map.of("path_in", "path", "poly_in", "polygon");

    /** The functions of one argument that can be called in the syntax of a field. */
    static final Set<String> FIELDS = Set.of(
            "btrim",
            "is_normalized",
            "ltrim",
            "normalize",
            "oidvectortypes",
            "phraseto_tsquery",
            "plainto_tsquery",
            "rtrim",
            "to_tsquery",
            "websearch_to_tsquery");

    static final Set<String> BOUNDED_FROM_LEFT =
            Set.of("&&", "@>", "<@", "<%", "%>", "<<%", "%>>", "<<->", "<->>", "<<<->", "<->>>");
    static final Set<String> QUANTIFIERS = Set.of("any", "all", "some");
    static final Set<String> BEFORE_NORMALIZED = Set.of("is", "not", "nfc", "nfd", "nfkc", "nfkd");
    static final Set<String> SIDES = Set.of("both", "leading", "trailing");

    private static final Set<String> OPERATORS = Set.of(
            "&&", "@>", "<@", "?|", "?&", "@@", "@@@", "~~", "!~~", "~~*", "!~~*", "<%", "%>", "<<%", "%>>", "<<->",
            "<->>", "<<<->", "<->>>");
    private static final Map<String, String> WORDS =
            Map.of("like", "~~", "ilike", "~~*", "normalized", "is_normalized");

    private UnboundedFunctions() {}

    /** Returns the bound of the function with this name; empty when its work is not a product of lengths. */
    static Optional<Bound> bound(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Returns the operator of a token; empty when it is none of these operators. */
    static Optional<String> operator(Token token) {
        if (token.kind() == Token.Kind.OPERATOR && OPERATORS.contains(token.value())) {
            return Optional.of(token.value());
        }
        return token.kind() == Token.Kind.WORD ? Optional.ofNullable(WORDS.get(token.value())) : Optional.empty();
    }

    /** The condition under which the work of a call is bounded. */
    @FunctionalInterface
    interface Bound {
        /**
         * Whether the condition holds.
         *
         * @param constants for each argument, whether it is a short constant; at least one element
         */
        boolean holds(List<Boolean> constants);
    }
}
