package io.breakwater.core.business.quota;

import io.breakwater.core.business.quota.QuotaDecision.Refused;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Admits what callers may still use today: calls, rows of statements, and the cost of statements. A call belongs to the
 * quotas of its principal and of its tenant, and must stay within both. Anonymous callers are told apart by their networks,
 * and only this process counts them, because a store would grow with every network. Thread-safe.
 */
public final class Quotas {
    /** The cost of the cheapest query. With less left, every query is refused. */
    private static final double MIN_COST = 0.01;

    private final QuotaSettings settings;
    private final UsageCounters owners;
    private final UsageCounters networks;
    private final BiConsumer<Scope, Kind> onRefusal;
    private final InstantSource clock;

    /**
     * Creates quotas.
     *
     * @param owners counts the usage of principals and tenants
     * @param networks counts the usage of anonymous callers, by network
     * @param onRefusal receives the scope and the kind of each quota that refuses something
     */
    public Quotas(
            QuotaSettings settings,
            UsageCounters owners,
            UsageCounters networks,
            BiConsumer<Scope, Kind> onRefusal,
            InstantSource clock) {
        this.settings = settings;
        this.owners = owners;
        this.networks = networks;
        this.onRefusal = onRefusal;
        this.clock = clock;
    }

    /**
     * Takes the calls of one request. A request that runs statements is refused too if no rows or no cost are left; what
     * its statements use is taken when it is known.
     *
     * @param calls the number of calls: the request itself, and those that it makes
     * @param runsStatements whether the request runs SQL statements
     */
    public QuotaDecision takeCalls(
            QuotaOwner owner, int calls, boolean runsStatements, boolean mayWait, Duration maxWait) {
        var charges = new ArrayList<QuotaCharge>(2);
        addCharges(charges, owner, Kind.CALLS, calls, calls);
        if (runsStatements) {
            addCharges(charges, owner, Kind.ROWS, 0, 1);
            addCharges(charges, owner, Kind.COST, 0, MIN_COST);
        }
        if (charges.isEmpty()) {
            return QuotaDecision.ADMITTED;
        }
        var counters = counters(owner);
        return record(mayWait ? counters.take(charges, maxWait) : counters.takeLocally(charges));
    }

    /** Takes the cost of a statement that is planned and has not run. May wait. */
    public QuotaDecision takeCost(QuotaOwner owner, double cost, Duration maxWait) {
        return take(owner, Kind.COST, cost, cost, maxWait);
    }

    /** Decides whether this cost is left. Takes nothing. May wait. */
    public QuotaDecision checkCost(QuotaOwner owner, double cost, Duration maxWait) {
        return take(owner, Kind.COST, 0, cost, maxWait);
    }

    /** Decides whether a statement may run, which is if at least one row is left. Takes nothing. May wait. */
    public QuotaDecision checkRows(QuotaOwner owner, Duration maxWait) {
        return take(owner, Kind.ROWS, 0, 1, maxWait);
    }

    private QuotaDecision take(QuotaOwner owner, Kind kind, double amount, double needed, Duration maxWait) {
        var charges = new ArrayList<QuotaCharge>(2);
        addCharges(charges, owner, kind, amount, needed);
        return charges.isEmpty()
                ? QuotaDecision.ADMITTED
                : record(counters(owner).take(charges, maxWait));
    }

    /** Counts the rows that a statement has returned. */
    public void addRows(QuotaOwner owner, long rows) {
        var charges = new ArrayList<QuotaCharge>(2);
        addCharges(charges, owner, Kind.ROWS, (double) rows, (double) rows);
        if (!charges.isEmpty() && rows > 0) {
            counters(owner).add(charges);
        }
    }

    /** Returns the highest cost that one statement of the owner may ever have; infinite if no quota limits it. */
    public double maxCost(QuotaOwner owner) {
        var charges = new ArrayList<QuotaCharge>(2);
        addCharges(charges, owner, Kind.COST, 0, 0);
        return charges.stream().mapToDouble(QuotaCharge::limit).min().orElse(QuotaLimits.OFF);
    }

    /** Returns the quotas of an owner, with what is used of each. May wait. */
    public List<QuotaUsage> usage(QuotaOwner owner, Duration maxWait) {
        var charges = new ArrayList<QuotaCharge>();
        for (var kind : Kind.values()) {
            addCharges(charges, owner, kind, 0, 0);
        }
        if (charges.isEmpty()) {
            return List.of();
        }
        var used =
                counters(owner).used(charges.stream().map(QuotaCharge::account).toList(), maxWait);
        var resetsAt = QuotaDay.of(clock.instant()).end();
        var usages = new ArrayList<QuotaUsage>();
        for (int i = 0; i < charges.size(); i++) {
            var account = charges.get(i).account();
            usages.add(new QuotaUsage(
                    account.scope(), account.kind(), charges.get(i).limit(), used.get(i), resetsAt));
        }
        return usages;
    }

    private UsageCounters counters(QuotaOwner owner) {
        return owner.anonymous() ? networks : owners;
    }

    private QuotaDecision record(QuotaDecision decision) {
        if (decision instanceof Refused refused) {
            var account = refused.charge().account();
            onRefusal.accept(account.scope(), account.kind());
        }
        return decision;
    }

    private void addCharges(List<QuotaCharge> charges, QuotaOwner owner, Kind kind, double amount, double needed) {
        add(charges, Scope.PRINCIPAL, owner.caller(), kind, limit(settings.principal(), kind), amount, needed);
        add(charges, Scope.TENANT, owner.tenant(), kind, limit(settings.tenant(), kind), amount, needed);
    }

    private static void add(
            List<QuotaCharge> charges,
            Scope scope,
            String owner,
            Kind kind,
            double limit,
            double amount,
            double needed) {
        if (limit < QuotaLimits.OFF && !owner.isEmpty()) {
            charges.add(new QuotaCharge(new Account(scope, owner, kind), limit, amount, needed));
        }
    }

    private static double limit(QuotaLimits limits, Kind kind) {
        return switch (kind) {
            case CALLS -> limits.calls();
            case ROWS -> limits.rows();
            case COST -> limits.cost();
        };
    }
}
