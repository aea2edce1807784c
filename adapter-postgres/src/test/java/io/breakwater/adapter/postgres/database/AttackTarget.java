package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import io.breakwater.port.memory.ManualCallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A guarded database that is asked all there is to ask, and what it says. */
final class AttackTarget implements AutoCloseable {
    private static final String SESSION = "SELECT fact FROM public.canary_session()";

    private final PostgresDatabase database;
    private final CostGate gate;
    private final Set<String> fresh;

    AttackTarget(DatabaseSettings settings, CostGate gate) {
        this.database = PostgresDatabase.open(settings);
        this.gate = gate;
        this.fresh = session();
    }

    /** The session as it was in the beginning. */
    Set<String> fresh() {
        return fresh;
    }

    /** The session as the next statement finds it; nothing where nothing is run at all. */
    Set<String> session() {
        try {
            return new TreeSet<>(List.of(Queries.json(database, SESSION).split("\\},\\{")));
        } catch (PortException.UnavailableException refused) {
            return Set.of();
        }
    }

    /** Asks in that way, each text with a value for its parameter if it has one. */
    Outcome ask(Way way, List<String> texts) {
        var statements = texts.stream().map(AttackTarget::statement).toList();
        var outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        switch (way) {
            case EACH -> statements.forEach(one -> outcome.take(() -> answer(one)));
            case ALL -> outcome.take(() -> answers(statements));
            case EXPLAIN -> statements.forEach(one -> outcome.plan(() -> plan(one)));
        }
        return outcome;
    }

    private static Statement statement(String text) {
        return text.contains("$1") ? Queries.sql(text, Json.of(1)) : Queries.sql(text);
    }

    private String answer(Statement statement) {
        return text(database.execute(statement, Queries.WINDOW, gate, ManualCallContext.unhurried()));
    }

    private String answers(List<Statement> statements) {
        return String.join(
                "\n",
                database.executeAll(statements, Queries.WINDOW, gate, ManualCallContext.unhurried()).stream()
                        .map(AttackTarget::text)
                        .toList());
    }

    private String plan(Statement statement) {
        var plan = (Json.Raw) database.explain(statement, ManualCallContext.unhurried());
        return new String(plan.utf8(), UTF_8);
    }

    private static String text(StatementResult answer) {
        return answer instanceof Rows rows ? Queries.text(rows) : answer.toString();
    }

    @Override
    public void close() {
        database.close();
    }

    /** How statements reach a database. */
    enum Way {
        /** Each in a call of its own. */
        EACH,
        /** All in one call. */
        ALL,
        /** Only to be explained. */
        EXPLAIN
    }

    /**
     * What a database said.
     *
     * @param answers what it answered
     * @param failures what it refused, in all the words that there are
     */
    record Outcome(List<String> answers, List<String> failures) {
        private void take(Supplier<String> call) {
            try {
                answers.add(call.get());
            } catch (PortException failure) {
                failures.add(words(failure));
            }
        }

        /** A plan repeats what the statement says, so that only the secret would be news. */
        private void plan(Supplier<String> call) {
            try {
                answers.add(call.get().replace("reached", ""));
            } catch (PortException failure) {
                failures.add(words(failure));
            }
        }

        /** All of it in one text. */
        String message() {
            return String.join("\n", answers) + String.join("\n", failures);
        }

        private static String words(Throwable thrown) {
            return String.join(
                    "\n",
                    Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                            .map(Throwable::toString)
                            .toList());
        }
    }
}
