package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Set;

/** Finds the parts of a statement that make long values from short ones. */
final class LongValues {
    /** Each concatenation can double a text; this number makes it at most sixteen times as long. */
    private static final int MAX_CONCATENATIONS = 4;

    private static final int MAX_ELEMENTS = 1_000;
    private static final int ONE_CHARACTER_LITERAL = "'x'".length();
    private static final int MAX_LENGTH_DIGITS = 4;
    private static final Set<String> TYPES_WITH_LENGTH = Set.of("char", "character", "nchar", "bpchar", "bit");

    /** Functions whose value can be much longer than each of their arguments. */
    private static final Set<String> MAKERS = Set.of(
            "anytextcat",
            "array_agg",
            "array_append",
            "array_cat",
            "array_fill",
            "array_to_string",
            "array_prepend",
            "byteacat",
            "concat",
            "concat_ws",
            "format",
            "json_agg",
            "json_agg_strict",
            "json_array",
            "json_arrayagg",
            "json_build_array",
            "json_build_object",
            "json_object",
            "json_object_agg",
            "json_object_agg_strict",
            "json_object_agg_unique",
            "json_object_agg_unique_strict",
            "json_objectagg",
            "jsonb_agg",
            "jsonb_agg_strict",
            "jsonb_build_array",
            "jsonb_build_object",
            "jsonb_object",
            "jsonb_object_agg",
            "jsonb_object_agg_strict",
            "jsonb_object_agg_unique",
            "jsonb_object_agg_unique_strict",
            "jsonb_path_query_array",
            "jsonb_path_query_array_tz",
            "lpad",
            "overlay",
            "quote_ident",
            "quote_literal",
            "quote_nullable",
            "regexp_matches",
            "regexp_replace",
            "regexp_split_to_array",
            "repeat",
            "rpad",
            "string_agg",
            "string_to_array",
            "textanycat",
            "textcat",
            "tsquery_and",
            "tsquery_or",
            "tsquery_phrase",
            "xmlagg",
            "xmlconcat",
            "xmlelement",
            "xmlforest");

    private LongValues() {}

    /** Whether the statement makes long values, or is long itself. */
    static boolean areMadeIn(List<Token> tokens, Brackets brackets) {
        return UnboundedCalls.isLong(tokens.getLast().end() - tokens.getFirst().start())
                || concatenations(tokens) > MAX_CONCATENATIONS
                || tokens.stream().anyMatch(token -> token.is("RECURSIVE") || token.is("WRAPPER"))
                || LongNumbers.areIn(tokens)
                || calls(tokens)
                || arrays(tokens, brackets);
    }

    /** Whether nested arrays repeat values too often: they multiply a value by the product of their lengths. */
    private static boolean arrays(List<Token> tokens, Brackets brackets) {
        long product = 1;
        int nested = 0;
        for (int i = 0; i + 1 < tokens.size() && product <= MAX_ELEMENTS; i++) {
            if (tokens.get(i).is("ARRAY") && tokens.get(i + 1).is('[')) {
                long names = brackets.parts(i + 1, token -> token.is(',')).stream()
                        .filter(part ->
                                tokens.subList(part.from(), part.end()).stream().anyMatch(Token::isName))
                        .count();
                product *= Math.max(1, names);
                nested++;
            }
        }
        return nested > 1 && product > MAX_ELEMENTS;
    }

    private static long concatenations(List<Token> tokens) {
        return tokens.stream()
                .filter(token ->
                        token.kind() == Token.Kind.OPERATOR && token.value().equals("||"))
                .count();
    }

    private static boolean calls(List<Token> tokens) {
        var constants = new ShortConstants(tokens, false);
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isName() && tokens.get(i + 1).is('(') && isMaker(tokens, i) && constants.after(i) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMaker(List<Token> tokens, int i) {
        var token = tokens.get(i);
        return token.value().equals("replace")
                ? !endsWithOneCharacter(tokens, i + 1)
                : MAKERS.contains(token.value()) || isSubquery(token) || isLongType(token, tokens.get(i + 2));
    }

    /** Whether a call such as {@code replace(x, y, '')} makes no value longer. Calls with nested calls do not count. */
    private static boolean endsWithOneCharacter(List<Token> tokens, int open) {
        for (int i = open + 1; i < tokens.size() && !tokens.get(i).is('('); i++) {
            if (tokens.get(i).is(')')) {
                var last = tokens.get(i - 1);
                return last.kind() == Token.Kind.STRING
                        && last.value().length() <= ONE_CHARACTER_LITERAL
                        && tokens.get(i - 2).is(',');
            }
        }
        return false;
    }

    /** Whether it is {@code ARRAY(SELECT …)}. */
    private static boolean isSubquery(Token token) {
        return token.is("ARRAY");
    }

    private static boolean isLongType(Token token, Token length) {
        return TYPES_WITH_LENGTH.contains(token.value())
                && length.kind() == Token.Kind.NUMBER
                && length.value().length() > MAX_LENGTH_DIGITS;
    }
}
