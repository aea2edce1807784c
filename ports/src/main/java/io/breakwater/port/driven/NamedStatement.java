package io.breakwater.port.driven;

import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One statement with named parameters, for example {@code SELECT name FROM item WHERE id = :id}. The text for the
 * database has a number in place of each name: {@code SELECT name FROM item WHERE id = $1}. Every use of a name has the
 * same number, and all other characters are those of the source. Values never become part of the text: they are
 * {@linkplain #bind bound} to the numbers.
 *
 * <p>{@link SqlGateway#parse} creates these statements. Immutable.
 */
public final class NamedStatement {
    private final String source;
    private final String sql;
    private final List<String> names;
    private final List<Reference> references;
    private final Effect effect;

    private NamedStatement(String source, String sql, List<String> names, List<Reference> references, Effect effect) {
        this.source = source;
        this.sql = sql;
        this.names = names;
        this.references = references;
        this.effect = effect;
    }

    /**
     * Replaces the names of a text by numbers.
     *
     * @param source the text of the author
     * @param references all uses of parameters in the text, in its order
     * @param effect the effect of the statement
     * @throws IllegalArgumentException when the text has no such use there
     */
    public static NamedStatement of(String source, List<Reference> references, Effect effect) {
        var numbers = new LinkedHashMap<String, Integer>();
        var sql = new StringBuilder();
        int copied = 0;
        for (var reference : references) {
            if (reference.start() < copied || !source.startsWith(reference.text(), reference.start())) {
                throw new IllegalArgumentException(
                        "The text has no " + reference.text() + " at index " + reference.start() + ".");
            }
            numbers.putIfAbsent(reference.name(), numbers.size() + 1);
            sql.append(source, copied, reference.start()).append('$').append(numbers.get(reference.name()));
            copied = reference.end();
        }
        sql.append(source, copied, source.length());
        return new NamedStatement(
                source, sql.toString(), List.copyOf(numbers.keySet()), List.copyOf(references), effect);
    }

    /** The text of the author. */
    public String source() {
        return source;
    }

    /** The text for the database, with {@code $1}, {@code $2} … in place of the names. */
    public String sql() {
        return sql;
    }

    /** The names of the parameters without colons, each once, in the order of their numbers. */
    public List<String> names() {
        return names;
    }

    /** All uses of parameters, in the order of the text. */
    public List<Reference> references() {
        return references;
    }

    /** The effect of the statement. */
    public Effect effect() {
        return effect;
    }

    /**
     * Returns the statement with values, ready to run. A refusal of it has its position in the source.
     *
     * @param values the value of each parameter by its name; values of other names are ignored
     * @throws IllegalArgumentException when a parameter has no value; bind {@link Json.Null} for NULL
     */
    public Statement bind(Map<String, ? extends Json> values) {
        var parameters = new ArrayList<Json>(names.size());
        for (var name : names) {
            var value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The parameter :" + name + " has no value.");
            }
            parameters.add(value);
        }
        return new Statement(sql, parameters, this);
    }

    /**
     * Maps a position in the text for the database to the position in the source. A position inside a number becomes
     * the position of the colon, and a position after the text becomes its end.
     *
     * @param position the position in {@link #sql}, counted in characters (code points) from 1
     */
    public int toSource(int position) {
        int last = sql.codePointCount(0, sql.length());
        int index = sql.offsetByCodePoints(0, Math.min(Math.max(position, 1) - 1, last));
        return source.codePointCount(0, toSourceIndex(index)) + 1;
    }

    private int toSourceIndex(int index) {
        int shift = 0; // how much later the same character is in the source
        for (var reference : references) {
            int start = reference.start() - shift;
            if (index < start) {
                break;
            }
            int end = start + 1 + digits(names.indexOf(reference.name()) + 1);
            if (index < end) {
                return reference.start();
            }
            shift = reference.end() - end;
        }
        return index + shift;
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    /** Returns the source. */
    @Override
    public String toString() {
        return source;
    }

    /** What a statement does to the data, as far as its text shows. */
    public enum Effect {
        /**
         * It reads: a query, SHOW, or EXPLAIN without ANALYZE. The database server refuses changes while it runs, except
         * in {@link SqlGateway.AccessMode#ADMIN}, where a query may call a function that changes data.
         */
        READS,
        /** It changes data or the database. */
        CHANGES
    }

    /**
     * One use of a parameter in the source.
     *
     * @param name the name, without the colon
     * @param start the index of the colon in the source
     */
    public record Reference(String name, int start) {
        private String text() {
            return ":" + name;
        }

        private int end() {
            return start + text().length();
        }
    }
}
