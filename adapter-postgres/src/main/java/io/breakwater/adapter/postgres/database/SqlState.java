package io.breakwater.adapter.postgres.database;

import io.breakwater.port.Failure.Refused.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server's error codes mean to whoever wrote the statement (PostgreSQL's documentation, "PostgreSQL Error
 * Codes"). The server's own words are never repeated: they quote values.
 *
 * @param reason why it is refused; null when it is not the statement's fault and another try may work
 * @param sentence in our words, without its full stop
 */
record SqlState(@Nullable Reason reason, String sentence) {
    private static final SqlState UNKNOWN = new SqlState(Reason.OTHER, "The database refused the statement");

    private static final Map<String, SqlState> CODES = Map.ofEntries(
            refused("0A000", Reason.INVALID, "PostgreSQL cannot do that"),
            refused("22P02", Reason.INVALID, "A value does not look as its type wants it"),
            refused("22001", Reason.INVALID, "A text is longer than its column"),
            refused("22003", Reason.INVALID, "A number is out of its type's range"),
            refused("22007", Reason.INVALID, "A date or time is not written as one"),
            refused("22008", Reason.INVALID, "A date or time is out of range"),
            refused("22012", Reason.INVALID, "The statement divides by zero"),
            refused("23502", Reason.INVALID, "A column that must have a value got none"),
            refused("23503", Reason.CONFLICT, "A row refers to one that does not exist, or is referred to"),
            refused("23505", Reason.CONFLICT, "A row with this key exists already"),
            refused("23514", Reason.INVALID, "A row breaks a rule of its table"),
            refused("23P01", Reason.CONFLICT, "A row excludes one that exists already"),
            refused("25006", Reason.FORBIDDEN, "Only reading is allowed"),
            refused("2BP01", Reason.CONFLICT, "Something else depends on it"),
            refused("3F000", Reason.NOT_FOUND, "A schema that it names does not exist"),
            refused("40001", Reason.CONFLICT, "Another transaction changed the same rows; try again"),
            refused("40P01", Reason.CONFLICT, "Two transactions waited for each other; try again"),
            refused("42501", Reason.FORBIDDEN, "The database's role is not permitted to do that"),
            refused("42601", Reason.INVALID, "The statement has a syntax error"),
            refused("42702", Reason.INVALID, "A column's name is ambiguous; put the table's name before it"),
            refused("42703", Reason.INVALID, "A column that it names does not exist"),
            refused("42704", Reason.NOT_FOUND, "Something that it names does not exist"),
            refused("42803", Reason.INVALID, "A column is neither grouped by nor aggregated"),
            refused("42804", Reason.INVALID, "Types do not fit each other; add a cast"),
            refused("42883", Reason.INVALID, "There is no such function or operator for arguments of these types"),
            refused("42P01", Reason.NOT_FOUND, "A table that it names does not exist"),
            refused("42P02", Reason.INVALID, "A parameter that it names has no value"),
            refused("42P07", Reason.CONFLICT, "Something of this name exists already"),
            refused("42P18", Reason.INVALID, "The type of a parameter cannot be told; add a cast, such as $1::text"),
            refused("54001", Reason.INVALID, "The statement is too complex"),
            away("55P03", "Somebody else holds a lock that the statement needs"));

    private static final Map<String, SqlState> CLASSES = Map.ofEntries(
            refused("0L", Reason.FORBIDDEN, "The database's role is not permitted to do that"),
            refused("22", Reason.INVALID, "A value cannot be used as the statement wants"),
            refused("23", Reason.CONFLICT, "A row contradicts what the database holds"),
            refused("25", Reason.INVALID, "This cannot be done in a transaction"),
            refused("2D", Reason.INVALID, "A procedure may not end the transaction it runs in"),
            refused("40", Reason.CONFLICT, "The transaction was undone; try again"),
            refused("42", Reason.INVALID, "The statement is not valid"),
            refused("44", Reason.INVALID, "A row would not be in the view it is written to"),
            refused("54", Reason.INVALID, "The statement goes beyond a limit of PostgreSQL"),
            refused("P0", Reason.INVALID, "A function of the database refused it"),
            refused("XX", Reason.OTHER, "The database failed at the statement"),
            away("08", "The database cannot be reached"),
            away("28", "The database does not accept our role and password"),
            away("3D", "The database does not exist on its server"),
            away("53", "The database has no room at present"),
            away("57", "The database is stopping or starting"),
            away("58", "The database's server has a fault"));

    /** The meaning of a code. */
    static SqlState of(String code) {
        var exact = CODES.get(code);
        return exact != null ? exact : CLASSES.getOrDefault(code.substring(0, 2), UNKNOWN);
    }

    private static Map.Entry<String, SqlState> refused(String code, Reason reason, String sentence) {
        return Map.entry(code, new SqlState(reason, sentence));
    }

    private static Map.Entry<String, SqlState> away(String code, String sentence) {
        return Map.entry(code, new SqlState(null, sentence));
    }
}
