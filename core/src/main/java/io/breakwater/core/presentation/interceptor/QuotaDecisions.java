package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.quota.QuotaDecision.Admitted;
import io.breakwater.core.business.quota.QuotaDecision.Refused;
import io.breakwater.core.business.quota.QuotaDecision.Undecided;
import io.breakwater.core.business.quota.Quotas;
import io.breakwater.core.business.ratelimit.CountedRounds;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/** Asks the {@link Quotas}, and explains their decision to the caller. */
public final class QuotaDecisions implements CallQuotas {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Decision SWITCH = new Decision.SwitchExecutor(ExecutionMode.VIRTUAL);

    private final Quotas quotas;
    private final QuotaOwners owners;
    private final CountedRounds rounds;
    private final Predicate<String> runsStatements;

    /**
     * Creates the decisions.
     *
     * @param runsStatements whether a tool of this name runs SQL statements of the caller
     */
    public QuotaDecisions(Quotas quotas, QuotaOwners owners, CountedRounds rounds, Predicate<String> runsStatements) {
        this.quotas = quotas;
        this.owners = owners;
        this.rounds = rounds;
        this.runsStatements = runsStatements;
    }

    @Override
    public boolean isCounted(String round) {
        return rounds.isFirst(round);
    }

    @Override
    public Decision take(InterceptedCall call, boolean mayWait) {
        int calls = 1 + call.calledTools().size();
        var owner = owners.ownerOf(call);
        return switch (quotas.takeCalls(owner, calls, runsStatements(call), mayWait, call.remaining())) {
            case Admitted ignored -> Decision.PROCEED;
            case Undecided ignored -> SWITCH;
            case Refused refused -> refuse(refused);
        };
    }

    private boolean runsStatements(InterceptedCall call) {
        return call.tool() != null
                && (runsStatements.test(call.target())
                        || call.calledTools().stream().anyMatch(runsStatements));
    }

    private static Refusal refuse(Refused refused) {
        var charge = refused.charge();
        if (charge.isImpossible()) {
            return Refusal.of(ErrorCode.INVALID_PARAMS, refused.sentence() + " Divide it into smaller ones.");
        }
        var limit =
                new RateLimitFields(policy(charge.account()), Math.round(charge.limit()), DAY, refused.retryAfter());
        return Refusal.of(ErrorCode.RATE_LIMITED, refused.sentence())
                .withRetryAfter(refused.retryAfter())
                .withRateLimit(limit);
    }

    /** Returns the name of the quota in the settings. */
    private static String policy(Account account) {
        return (account.scope() + "-" + account.kind()).toLowerCase(Locale.ROOT);
    }
}
