package io.breakwater.core.business.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.database.Database.Outcome;
import io.breakwater.core.business.session.KeyRing;
import io.breakwater.core.business.session.Sealer;
import io.breakwater.core.presentation.tool.database.SealedCursors;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedDatabase;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.Statement;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.CostLimits;
import io.breakwater.server.settings.QueryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results in parts: cursors lead from each to the next, and nowhere else. */
class DatabaseTest {
    private static final String ORDERED = "SELECT n FROM numbers ORDER BY n";
    private static final String UNORDERED = "SELECT n FROM numbers";
    private static final QueryLimits TEN_ROWS = new QueryLimits(10, 1_000, 20, Duration.ofHours(1));

    private final ManualExecutors executors = new ManualExecutors();
    private final Sealer seal = new Sealer(KeyRing.generated(), executors.clock());
    private final ScriptedDatabase scripted =
            new ScriptedDatabase(AccessMode.READ_WRITE).counts(ORDERED, 25).counts(UNORDERED, 25);
    private final RecordedQuota quota = new RecordedQuota();
    private final Database database = database(scripted);

    private Database database(ScriptedDatabase scripted) {
        return new Database(
                scripted, TEN_ROWS, new CostGuard(CostLimits.NONE), new SealedCursors(seal, TEN_ROWS.cursorTtl()));
    }

    private static Statement sql(String text, Json... parameters) {
        return new Statement(text, List.of(parameters));
    }

    private Outcome.Part first(Statement statement) {
        return (Outcome.Part) database.execute(statement, null, "ann", quota, ManualCallContext.unhurried());
    }

    private Outcome.Part next(Statement statement, Outcome.Part before) {
        return (Outcome.Part) database.execute(
                statement, requireNonNull(before.cursor()), "ann", quota, ManualCallContext.unhurried());
    }

    private static String text(Outcome.Part part) {
        return new String(part.rows().rows().utf8(), UTF_8);
    }

    @Test
    void leadsFromPartToPart() {
        var one = first(sql(ORDERED));
        var two = next(sql(ORDERED), one);
        var three = next(sql(ORDERED), two);

        assertThat(text(one)).startsWith("[{\"n\":1}").endsWith("{\"n\":10}]");
        assertThat(text(two)).startsWith("[{\"n\":11}").endsWith("{\"n\":20}]");
        assertThat(text(three)).isEqualTo("[{\"n\":21},{\"n\":22},{\"n\":23},{\"n\":24},{\"n\":25}]");
        assertThat(three.cursor()).isNull();
        assertThat(List.of(one, two, three)).allSatisfy(part -> {
            assertThat(part.whole()).isFalse();
            assertThat(part.warning()).isNull();
        });
    }

    @Test
    void givesASmallResultWhole() {
        scripted.counts("SELECT 1", 1);

        assertThat(first(sql("SELECT 1"))).satisfies(part -> {
            assertThat(part.whole()).isTrue();
            assertThat(part.cursor()).isNull();
            assertThat(part.warning()).isNull();
        });
    }

    @Test
    void warnsOfPartsInNoOrder() {
        var one = first(sql(UNORDERED));

        assertThat(one.warning()).contains("ORDER BY");
        assertThat(next(sql(UNORDERED), next(sql(UNORDERED), one)).warning()).contains("ORDER BY");
    }

    @Test
    void endsWhereItsOffsetEnds() {
        scripted.counts("SELECT n FROM many ORDER BY n", 100);
        var many = sql("SELECT n FROM many ORDER BY n");
        var last = next(many, next(many, first(many)));

        assertThat(text(last)).endsWith("{\"n\":30}]");
        assertThat(last.rows().truncated()).isTrue();
        assertThat(last.cursor()).isNull();
        assertThat(last.warning()).contains("skip at most 20 rows").contains("WHERE id > $1");
    }

    @Test
    void doesNotRunAgainWhatTookEffect() {
        scripted.counts("INSERT INTO t SELECT 1 RETURNING n", 25);
        var part = first(sql("INSERT INTO t SELECT 1 RETURNING n"));

        assertThat(part.rows().truncated()).isTrue();
        assertThat(part.cursor()).isNull();
        assertThat(part.warning()).contains("took effect");
    }

    @Test
    void givesNoCursorThatLeadsNowhere() {
        scripted.gives("SELECT repeat('x', 9999)", List.of("{\"n\":\"" + "x".repeat(9_999) + "\"}"));
        var part = first(sql("SELECT repeat('x', 9999)"));

        assertThat(text(part)).isEqualTo("[]");
        assertThat(part.cursor()).isNull();
        assertThat(part.warning()).contains("larger than 1000 bytes").contains("left(body, 1000)");
    }

    @Test
    void bindsTheCursorToQueryParametersCallerAndDatabase() {
        scripted.counts("SELECT n FROM numbers WHERE n > $1 ORDER BY n", 25);
        var statement = sql("SELECT n FROM numbers WHERE n > $1 ORDER BY n", Json.of(0));
        var cursor = requireNonNull(first(statement).cursor());
        var other = sql(statement.sql(), Json.of(1));

        assertRefused(() -> database.execute(other, cursor, "ann", quota, ManualCallContext.unhurried()));
        assertRefused(() -> database.execute(sql(ORDERED), cursor, "ann", quota, ManualCallContext.unhurried()));
        assertRefused(() -> database.execute(statement, cursor, "bob", quota, ManualCallContext.unhurried()));
        var elsewhere = database(new ScriptedDatabase(AccessMode.READ_WRITE).identifiedAs("elsewhere"));
        assertRefused(() -> elsewhere.execute(statement, cursor, "ann", quota, ManualCallContext.unhurried()));
        assertThat(database.execute(statement, cursor, "ann", quota, ManualCallContext.unhurried()))
                .isNotNull();
        assertThat(scripted.asked()).hasSize(2);
    }

    @Test
    void letsNoCursorOutliveItsTime() {
        var cursor = requireNonNull(first(sql(ORDERED)).cursor());
        executors.pass(Duration.ofHours(1));

        assertRefused(() -> database.execute(sql(ORDERED), cursor, "ann", quota, ManualCallContext.unhurried()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "MTA", "AQAAAAA", "\u0000", "' OR 1=1 --"})
    void refusesACursorItDidNotMake(String forged) {
        assertRefused(() -> database.execute(sql(ORDERED), forged, "ann", quota, ManualCallContext.unhurried()));
    }

    @Test
    void refusesACursorThatWasChangedAnywhere() {
        var cursor = requireNonNull(first(sql(ORDERED)).cursor());
        var forged = new ArrayList<String>();
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            forged.add(cursor.substring(0, i) + other + cursor.substring(i + 1));
        }

        assertThat(forged)
                .allSatisfy(one -> assertRefused(
                        () -> database.execute(sql(ORDERED), one, "ann", quota, ManualCallContext.unhurried())));
    }

    private static void assertRefused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PortException.RefusedException.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(PortException.RefusedException.Reason.INVALID))
                .hasMessageContaining("Repeat the query and params");
    }

    @Test
    void givesNoCursorsInABatch() {
        scripted.ends("UPDATE t SET n = 1", new Command("UPDATE", 3L));
        var outcomes = database.executeAll(
                List.of(sql(ORDERED), sql("UPDATE t SET n = 1")), quota, ManualCallContext.unhurried());

        assertThat(outcomes.getFirst()).isInstanceOfSatisfying(Outcome.Part.class, part -> {
            assertThat(part.cursor()).isNull();
            assertThat(part.warning()).contains("alone with execute_query");
        });
        assertThat(outcomes.getLast()).isEqualTo(new Outcome.Done(new Command("UPDATE", 3L)));
    }

    @Test
    void countsTheRowsOfEachResult() {
        scripted.ends("UPDATE t SET n = 1", new Command("UPDATE", 3L));
        var one = first(sql(ORDERED));
        next(sql(ORDERED), next(sql(ORDERED), one));
        assertThat(quota.rows()).isEqualTo(25);

        var unused = database.executeAll(
                List.of(sql(ORDERED), sql("UPDATE t SET n = 1"), sql(UNORDERED)), quota, ManualCallContext.unhurried());
        assertThat(quota.rows()).isEqualTo(25 + 20);
    }

    @Test
    void runsNothingWhenNoRowIsLeft() {
        quota.exhaustRows();

        assertThatThrownBy(() -> first(sql(ORDERED))).isInstanceOf(PortException.ExhaustedException.class);
        assertThatThrownBy(() -> database.executeAll(List.of(sql(ORDERED)), quota, ManualCallContext.unhurried()))
                .isInstanceOf(PortException.ExhaustedException.class);
        assertThat(scripted.asked()).isEmpty();
    }
}
