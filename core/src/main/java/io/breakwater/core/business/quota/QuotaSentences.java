package io.breakwater.core.business.quota;

import io.breakwater.core.business.quota.QuotaDecision.Refused;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import java.util.Locale;

/** The sentences that tell callers which quota refused a call, how much it is, and when it resets. */
final class QuotaSentences {
    private QuotaSentences() {}

    static String refusal(Refused refused) {
        var charge = refused.charge();
        if (charge.isImpossible()) {
            return "This " + need(charge) + ", which is more than " + quota(charge, "your") + ".";
        }
        double left = charge.limit() - refused.used();
        var state = left > 0 && charge.amount() > 0
                ? " has " + number(left) + " left, and this " + need(charge) + "."
                : " is used up.";
        return quota(charge, "Your") + state + " It resets at " + refused.resetsAt() + ".";
    }

    private static String quota(QuotaCharge charge, String your) {
        var account = charge.account();
        return your + (account.scope() == Scope.TENANT ? " tenant's quota of " : " quota of ") + number(charge.limit())
                + " " + unit(account.kind()) + " a day";
    }

    private static String need(QuotaCharge charge) {
        var kind = charge.account().kind();
        var amount = number(charge.needed()) + " " + unit(kind);
        return switch (kind) {
            case CALLS -> "request makes " + amount;
            case ROWS -> "statement needs " + amount;
            case COST -> "query is expected to cost " + amount;
        };
    }

    private static String unit(Kind kind) {
        return switch (kind) {
            case CALLS -> "calls";
            case ROWS -> "rows";
            case COST -> "planner units";
        };
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
    }
}
