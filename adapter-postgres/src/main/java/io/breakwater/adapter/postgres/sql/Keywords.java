package io.breakwater.adapter.postgres.sql;

import java.util.Map;
import java.util.Set;

/** The effects of key words on the names around them. */
final class Keywords {
    /** Words that cannot be names in any version, unless they are quoted or follow a dot. */
    static final Set<String> RESERVED = words("all analyse analyze and any array as asc asymmetric both case cast check"
            + " collate column constraint create current_catalog current_date current_role current_time"
            + " current_timestamp current_user default deferrable desc distinct do else end except false fetch for"
            + " foreign from grant group having in initially intersect into lateral leading limit localtime"
            + " localtimestamp not null offset on only or order placing primary references returning select"
            + " session_user some symmetric table then to trailing true union unique user using variadic when"
            + " where window with");

    /** Words that can name a function, but that no type follows. */
    static final Set<String> JOINING = words("authorization binary collation concurrently cross freeze full ilike inner"
            + " is isnull join left like natural notnull outer overlaps right similar tablesample verbose");

    /** Reserved words that a type can follow. */
    static final Set<String> BEFORE_TYPE = Set.of("as", "returning");

    /** Words after which a star means all columns; after other words it is the multiplication operator. */
    static final Set<String> BEFORE_STAR = Set.of("select", "distinct", "all", "returning");

    /** The operators of comparisons without a symbol: IN, CASE x WHEN, BETWEEN, USING, DISTINCT FROM, ORDER BY. */
    static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    /** The operators of key words. */
    static final Map<String, Set<String>> OPERATORS = Map.of(
            "like", Set.of("~~", "!~~"),
            "ilike", Set.of("~~*", "!~~*"),
            "similar", Set.of("~", "!~"));

    /**
     * The functions of key words: TRIM, AT TIME ZONE, OVERLAPS, IS NORMALIZED, LIKE … ESCAPE, COLLATION FOR.
     */
    static final Map<String, Set<String>> CALLS = Map.of(
            "trim", Set.of("btrim", "ltrim", "rtrim"),
            "zone", Set.of("timezone"),
            "local", Set.of("timezone"),
            "overlaps", Set.of("overlaps"),
            "normalized", Set.of("is_normalized"),
            "escape", Set.of("like_escape", "similar_to_escape"),
            "similar", Set.of("similar_to_escape"),
            "collation", Set.of("pg_collation_for"));

    /** The words before the parenthesis of a query or a join in FROM, whose alias names a row. */
    static final Set<String> BEFORE_QUERY = Set.of("from", "join", "lateral");

    /** Functions without parentheses, which are allowed in FROM and name a single value there. */
    static final Set<String> VALUE_FUNCTIONS = words("current_catalog current_date current_role current_schema"
            + " current_time current_timestamp current_user localtime localtimestamp session_user system_user user");

    /** The catalog's names of the types that have key words. */
    static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("int", Set.of("int4")),
            Map.entry("integer", Set.of("int4")),
            Map.entry("bigint", Set.of("int8")),
            Map.entry("smallint", Set.of("int2")),
            Map.entry("real", Set.of("float4")),
            Map.entry("float", Set.of("float4", "float8")),
            Map.entry("double", Set.of("float8")),
            Map.entry("decimal", Set.of("numeric")),
            Map.entry("dec", Set.of("numeric")),
            Map.entry("boolean", Set.of("bool")),
            Map.entry("char", Set.of("bpchar", "varchar", "char")),
            Map.entry("character", Set.of("bpchar", "varchar")),
            Map.entry("nchar", Set.of("bpchar", "varchar")),
            Map.entry("bit", Set.of("varbit")),
            Map.entry("time", Set.of("timetz")),
            Map.entry("timestamp", Set.of("timestamptz")));

    private Keywords() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }
}
