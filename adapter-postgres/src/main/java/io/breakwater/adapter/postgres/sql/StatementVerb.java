package io.breakwater.adapter.postgres.sql;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement sets out to do, as its first words say. The server has the last word. */
public sealed interface StatementVerb {

    /**
     * SELECT, VALUES, TABLE, also in parentheses or after WITH.
     *
     * @param inside the first INSERT, UPDATE, DELETE or MERGE in its WITH; null for a query that only reads
     */
    record Query(@Nullable Change inside) implements StatementVerb {
        /** Whether it changes rows. */
        public boolean changing() {
            return inside != null;
        }
    }

    /** One that changes rows, perhaps after WITH. */
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
     * @param setting what is to be shown, in lower case: {@code timezone}, {@code all}, {@code app.tenant}
     */
    record Show(String setting) implements StatementVerb {}

    /**
     * EXPLAIN.
     *
     * @param options its options by their names in lower case; {@code true} for one without a value
     * @param statement what is to be explained
     */
    record Explain(Map<String, String> options, SqlStatement statement) implements StatementVerb {
        /** Copies the options. */
        public Explain {
            options = Map.copyOf(options);
        }

        /** Whether the statement would be run. */
        public boolean runs() {
            var analyze = options.getOrDefault("analyze", options.getOrDefault("analyse", "false"));
            return !analyze.equals("false") && !analyze.equals("off") && !analyze.equals("0");
        }
    }

    /** One that begins or ends a transaction or a part of it. */
    record TransactionControl(String word) implements StatementVerb {}

    /** Any other, by its first word in upper case. */
    record Other(String word) implements StatementVerb {}

    /** The verb in upper case, for sentences. */
    default String shown() {
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
