package io.breakwater.adapter.postgres.sql;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kind of a statement, according to its first words. The server makes the final decision. */
public sealed interface StatementVerb {

    /**
     * SELECT, VALUES or TABLE, also in parentheses or after WITH.
     *
     * @param inside the first INSERT, UPDATE, DELETE or MERGE in its WITH; null for a query that only reads
     */
    record Query(@Nullable Change inside) implements StatementVerb {
        /** Whether it changes rows. */
        public boolean changing() {
            return inside != null;
        }
    }

    /** A statement that changes rows, possibly after WITH. */
    enum Change implements StatementVerb {
        /** INSERT. */
        INSERT,
        /** UPDATE. */
        UPDATE,
        /** DELETE. */
        DELETE,
        /** MERGE. */
        MERGE
    }

    /**
     * SHOW.
     *
     * @param setting the setting in lower case: {@code timezone}, {@code all}, {@code app.tenant}
     */
    record Show(String setting) implements StatementVerb {}

    /**
     * EXPLAIN.
     *
     * @param options its options by their names in lower case; {@code true} for an option without a value
     * @param statement the statement to explain
     */
    record Explain(Map<String, String> options, SqlStatement statement) implements StatementVerb {
        /** Copies the options. */
        public Explain {
            options = Map.copyOf(options);
        }

        /** Whether EXPLAIN would run the statement. */
        public boolean runs() {
            var analyze = options.getOrDefault("analyze", options.getOrDefault("analyse", "false"));
            return !analyze.equals("false") && !analyze.equals("off") && !analyze.equals("0");
        }
    }

    /** A statement that begins or ends a transaction or a savepoint. */
    record TransactionControl(String word) implements StatementVerb {}

    /** Any other statement, by its first word in upper case. */
    record Other(String word) implements StatementVerb {}

    /** The verb in upper case, for sentences. */
    default String keyword() {
        return switch (this) {
            case Query query -> "SELECT";
            case Change change -> change.name();
            case Show show -> "SHOW";
            case Explain explain -> "EXPLAIN";
            case TransactionControl control -> control.word().toUpperCase(Locale.ROOT);
            case Other other -> other.word().toUpperCase(Locale.ROOT);
        };
    }
}
