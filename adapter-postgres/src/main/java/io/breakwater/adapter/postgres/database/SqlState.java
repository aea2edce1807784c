package io.breakwater.adapter.postgres.database;

import io.breakwater.port.PortException.RefusedException.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of the server's error codes for the author of a statement (PostgreSQL's documentation, "PostgreSQL Error
 * Codes"). The server's messages are never repeated, because they contain values.
 *
 * @param reason the reason of the refusal; null when the statement did not cause the error and a retry may succeed
 * @param sentence our description, without a full stop
 */
record SqlState(@Nullable Reason reason, String sentence) {
    private static final SqlState UNKNOWN = new SqlState(Reason.OTHER, "PostgreSQL rejects the statement");

    private static final Map<String, SqlState> CODES = Map.ofEntries(
            refused("22P02", Reason.INVALID, "A value does not have the form that its type requires"),
            refused("22001", Reason.INVALID, "A string is longer than its column allows"),
            refused("22003", Reason.INVALID, "A number is outside the range of its type"),
            refused("22007", Reason.INVALID, "A date or time has an invalid form"),
            refused("22008", Reason.INVALID, "A date or time is out of range"),
            refused("22012", Reason.INVALID, "The statement divides by zero"),
            refused(
                    "22021",
                    Reason.INVALID,
                    "A string contains a character that the database's encoding does not have"),
            refused("22023", Reason.INVALID, "An argument or option has a value that is not allowed"),
            refused(
                    "22P05",
                    Reason.INVALID,
                    "A string contains a character that the database's encoding does not have"),
            refused("23502", Reason.INVALID, "A column that requires a value has none"),
            refused("23503", Reason.CONFLICT, "A row refers to a row that does not exist, or another row refers to it"),
            refused("23505", Reason.CONFLICT, "A row with this key already exists"),
            refused("23514", Reason.INVALID, "A row violates a check constraint of its table"),
            refused("23P01", Reason.CONFLICT, "A row conflicts with an existing row of its table"),
            unavailable("25P03", "The transaction was idle for too long, and PostgreSQL ended it"),
            refused("25006", Reason.FORBIDDEN, "Only reading is allowed"),
            refused("2BP01", Reason.CONFLICT, "Other objects depend on this one"),
            refused("3F000", Reason.NOT_FOUND, "The schema does not exist"),
            refused("40001", Reason.CONFLICT, "Another transaction changed the same rows; try again"),
            refused("40P01", Reason.CONFLICT, "The transaction and another one form a deadlock; try again"),
            refused("42501", Reason.FORBIDDEN, "The database's role lacks the privilege"),
            refused("42601", Reason.INVALID, "The statement has a syntax error"),
            refused("42702", Reason.INVALID, "A column name is ambiguous; put the name of its table before it"),
            refused("42703", Reason.INVALID, "The column does not exist"),
            refused("42704", Reason.NOT_FOUND, "The object does not exist"),
            refused("42803", Reason.INVALID, "A column must be in GROUP BY or in an aggregate function"),
            refused("42804", Reason.INVALID, "The types do not match; add a cast"),
            refused("42883", Reason.INVALID, "No function or operator has this name and these argument types"),
            refused("42P01", Reason.NOT_FOUND, "The table does not exist"),
            refused("42P02", Reason.INVALID, "The parameter does not exist"),
            refused("42P07", Reason.CONFLICT, "An object with this name already exists"),
            refused("42P18", Reason.INVALID, "The type of a parameter is unknown; add a cast, such as $1::text"),
            refused(
                    "53200",
                    Reason.OVERLOADED,
                    "PostgreSQL does not have enough memory for the statement; make it smaller"),
            refused(
                    "53400",
                    Reason.INVALID,
                    "The statement exceeds a limit that the operator set, most likely on temporary files"
                            + " (temp_file_limit); sort, join or return fewer rows"),
            refused("54001", Reason.INVALID, "The statement is too complex"),
            refused("55006", Reason.CONFLICT, "Another connection uses the object"),
            unavailable("55P03", "Another transaction holds a lock that the statement needs"),
            unavailable("57P01", "The database ended the connection"),
            unavailable("57P02", "The database ended the connection"),
            unavailable("57P05", "The database ended the connection"),
            unavailable("57P04", "The database was dropped"));

    private static final Map<String, SqlState> CLASSES = Map.ofEntries(
            refused("0A", Reason.INVALID, "PostgreSQL does not support this"),
            refused("0L", Reason.FORBIDDEN, "The database's role lacks the privilege"),
            refused("21", Reason.INVALID, "A subquery returns more than one row where one is allowed"),
            refused("22", Reason.INVALID, "A value is not valid where the statement uses it"),
            refused("23", Reason.CONFLICT, "A row violates a constraint of the database"),
            refused("25", Reason.INVALID, "This cannot be done in a transaction"),
            refused("2D", Reason.INVALID, "A procedure must not end the transaction that it runs in"),
            refused("38", Reason.INVALID, "A function of the database failed"),
            refused("39", Reason.INVALID, "A function of the database failed"),
            refused("40", Reason.CONFLICT, "The transaction was rolled back; try again"),
            refused("42", Reason.INVALID, "The statement is not valid"),
            refused("44", Reason.INVALID, "A row would not be visible in the view that it is written to"),
            refused("54", Reason.INVALID, "The statement exceeds a limit of PostgreSQL"),
            refused("55", Reason.INVALID, "The object is not in the state that the statement requires"),
            refused("HV", Reason.OTHER, "The server of a foreign table failed"),
            refused("P0", Reason.INVALID, "A function of the database raised an error"),
            refused("XX", Reason.OTHER, "PostgreSQL failed with an internal error"),
            unavailable("08", "The database cannot be reached"),
            unavailable("28", "The database rejects the login of this server"),
            unavailable("3D", "The database does not exist"),
            unavailable("53", "The database is short of resources"),
            unavailable("57", "The database is starting or stopping"),
            unavailable("58", "The database server has a system error"));

    /** Returns the meaning of a SQLSTATE. */
    static SqlState of(String code) {
        var exact = CODES.get(code);
        return exact != null ? exact : CLASSES.getOrDefault(code.substring(0, 2), UNKNOWN);
    }

    private static Map.Entry<String, SqlState> refused(String code, Reason reason, String sentence) {
        return Map.entry(code, new SqlState(reason, sentence));
    }

    private static Map.Entry<String, SqlState> unavailable(String code, String sentence) {
        return Map.entry(code, new SqlState(null, sentence));
    }
}
