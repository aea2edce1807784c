package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Sends attacks to guarded databases on a stage, in every way that there is, and tells what harm they did there. After
 * harm all is as in the beginning again, so that each attack answers for itself alone.
 */
final class Corpus implements AutoCloseable {
    /** Long enough that nothing fails by chance, short enough for work without end. */
    private static final Map<AttackClass.Kind, Duration> TIMES = Map.of(AttackClass.Kind.COSTS, Duration.ofMillis(500));

    private final AttackStage stage;
    private final CostGate gate;
    private final UnaryOperator<DatabaseSettings> change;
    private final Map<String, AttackTarget> targets = new HashMap<>();
    private Set<String> facts;
    private int cases;
    private int calls;
    private int harmful;

    /**
     * On that stage.
     *
     * @param gate judges what each statement costs
     * @param change is made to the settings of each database
     */
    Corpus(AttackStage stage, CostGate gate, UnaryOperator<DatabaseSettings> change) throws SQLException, IOException {
        this.stage = stage;
        this.gate = gate;
        this.change = change;
        this.facts = stage.facts();
    }

    /** What an attack did that it must not do, as that role; empty when it was refused or harmless. */
    List<String> harm(String role, Attack attack) throws SQLException, IOException {
        var harm = new ArrayList<String>();
        for (var way : AttackTarget.Way.values()) {
            each(role, attack, way).forEach(one -> harm.add(way + " " + one));
        }
        cases++;
        harmful += harm.isEmpty() ? 0 : 1;
        return harm;
    }

    private List<String> each(String role, Attack attack, AttackTarget.Way way) throws SQLException, IOException {
        var target = target(role, attack.sort());
        var outcome = target.ask(way, attack.texts().stream().map(stage::aimed).toList());
        calls += way == AttackTarget.Way.ALL ? 1 : attack.texts().size();
        var harm = new ArrayList<String>();
        if (outcome.failures().isEmpty() && way != AttackTarget.Way.EXPLAIN && !attack.harmless()) {
            harm.add("was not refused");
        }
        if (outcome.message().contains(AttackStage.SECRET)) {
            harm.add("told the secret");
        }
        if (outcome.answers().stream().anyMatch(answer -> answer.contains("reached"))) {
            harm.add("reached what it aimed at");
        }
        AttackStage.difference(facts, stage.facts()).forEach(fact -> harm.add("changed: " + fact));
        AttackStage.difference(target.fresh(), target.session())
                .forEach(fact -> harm.add("left in the session: " + fact));
        if (!harm.isEmpty()) {
            renew();
        }
        return harm;
    }

    private void renew() throws SQLException, IOException {
        close();
        stage.restore();
        facts = stage.facts();
    }

    /** With a pool of one connection, so that each statement finds what the one before left. */
    private AttackTarget target(String role, AttackClass sort) {
        var time = TIMES.getOrDefault(sort.kind(), Duration.ofSeconds(10));
        boolean superuserSeesStore = sort.name().equals("store") && role.equals("postgres");
        return targets.computeIfAbsent(role + time + superuserSeesStore, key -> {
            var settings = stage.settings(role)
                    .withPool(PoolSettings.of(1, 1))
                    .withAllowedFunctions("public.canary_session")
                    .withLimits(new DatabaseSettings.Limits(time, Duration.ofMillis(500), 4 << 20));
            return new AttackTarget(
                    change.apply(superuserSeesStore ? settings.withStoreSchema("store") : settings), gate);
        });
    }

    /** In one line. */
    String summary() {
        return "%d cases, %d calls, %d harmful".formatted(cases, calls, harmful);
    }

    @Override
    public void close() {
        targets.values().forEach(AttackTarget::close);
        targets.clear();
    }
}
