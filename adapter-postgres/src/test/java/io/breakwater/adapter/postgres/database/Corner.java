package io.breakwater.adapter.postgres.database;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A database that is not like most others, or a guard with other settings than most.
 *
 * @param name what is special, in a few words
 * @param creation options of CREATE DATABASE
 * @param alterations what is altered afterwards; {@code {database}} stands for the database's name
 * @param roles who asks
 * @param gate judges what statements cost
 * @param change is made to the guard's settings
 */
record Corner(
        String name,
        String creation,
        List<String> alterations,
        List<String> roles,
        CostGate gate,
        UnaryOperator<DatabaseSettings> change) {
    private static final List<String> ROLES = List.of(Databases.READER, "postgres");

    /** A database like any other. */
    static final Corner NONE = new Corner("none", "", List.of(), ROLES, CostGate.OPEN, UnaryOperator.identity());

    /** What operators have set for a database or a role to make applications of theirs happy. */
    private static final List<String> SETTINGS = List.of(
            "standard_conforming_strings TO off",
            "backslash_quote TO on",
            "escape_string_warning TO off",
            "search_path TO store, public, pg_catalog",
            "default_transaction_read_only TO off",
            "default_transaction_isolation TO serializable",
            "default_transaction_deferrable TO on",
            "DateStyle TO 'German, DMY'",
            "IntervalStyle TO sql_standard",
            "bytea_output TO escape",
            "TimeZone TO 'Asia/Tokyo'",
            "statement_timeout TO 0",
            "client_min_messages TO debug1",
            "quote_all_identifiers TO on");

    /** All of them. */
    static List<Corner> all() {
        var encodings = Stream.of("LATIN1", "LATIN5", "EUC_JP", "SQL_ASCII").map(Corner::encoding);
        var others = Stream.of(
                altered("settings of the database", ROLES, SETTINGS.stream().map(Corner::ofDatabase)),
                altered("settings of the role", ROLES, SETTINGS.stream().map(Corner::ofRole)),
                altered("another role", List.of("becomes_another"), another()),
                guarded(
                        "read-write",
                        List.of(Databases.READER),
                        CostGate.OPEN,
                        settings -> settings.withMode(AccessMode.READ_WRITE)),
                guarded("the cost gate", ROLES, estimate -> {}, UnaryOperator.identity()));
        return Stream.concat(encodings, others).toList();
    }

    private static Corner encoding(String encoding) {
        var creation = "TEMPLATE template0 ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C'";
        return new Corner(encoding, creation, List.of(), ROLES, CostGate.OPEN, UnaryOperator.identity());
    }

    private static Corner altered(String name, List<String> roles, Stream<String> alterations) {
        return new Corner(name, "", alterations.toList(), roles, CostGate.OPEN, UnaryOperator.identity());
    }

    private static Corner guarded(
            String name, List<String> roles, CostGate gate, UnaryOperator<DatabaseSettings> change) {
        return new Corner(name, "", List.of(), roles, gate, change);
    }

    private static String ofDatabase(String setting) {
        return "ALTER DATABASE {database} SET " + setting;
    }

    private static String ofRole(String setting) {
        return "ALTER ROLE reader IN DATABASE {database} SET " + setting;
    }

    /** A login that becomes another role at once. */
    private static Stream<String> another() {
        return Stream.of(
                "DO $$ BEGIN CREATE ROLE another; CREATE ROLE becomes_another LOGIN IN ROLE another;"
                        + " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "ALTER ROLE becomes_another IN DATABASE {database} SET role TO another");
    }

    /** What makes that database such a one. */
    List<String> settings(String database) {
        return alterations.stream()
                .map(alteration -> alteration.replace("{database}", database))
                .toList();
    }
}
