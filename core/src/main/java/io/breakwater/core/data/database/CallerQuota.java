package io.breakwater.core.data.database;

import io.breakwater.core.business.database.StatementQuota;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.core.business.quota.QuotaOwner;
import io.breakwater.core.business.quota.Quotas;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;

/** The quotas of the caller of statements, and of its tenant. */
public record CallerQuota(Quotas quotas, QuotaOwner owner) implements StatementQuota {

    @Override
    public double maxCost() {
        return quotas.maxCost(owner);
    }

    @Override
    public void takeCost(double cost, CallContext context) {
        requireAdmitted(quotas.takeCost(owner, cost, context.remaining()));
    }

    @Override
    public void requireCost(double cost, CallContext context) {
        requireAdmitted(quotas.checkCost(owner, cost, context.remaining()));
    }

    @Override
    public void requireRows(CallContext context) {
        requireAdmitted(quotas.checkRows(owner, context.remaining()));
    }

    private static void requireAdmitted(QuotaDecision decision) {
        if (decision instanceof QuotaDecision.Refused refused) {
            throw new PortException.ExhaustedException(refused.sentence(), refused.retryAfter());
        }
    }

    @Override
    public void addRows(long rows) {
        quotas.addRows(owner, rows);
    }
}
