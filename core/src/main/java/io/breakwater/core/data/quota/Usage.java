package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDay;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import java.time.Duration;

/**
 * The usage of one account on one day, as this server knows it: what the store reported when it was last asked, and what
 * this server has counted since. The lock of the {@link UsageLedger} guards it.
 */
final class Usage {
    /** The part of a quota that one server may count before it settles. */
    static final double BLOCK = 0.01;

    /** An exhausted quota is asked for again after this time, because another server may have given something back. */
    private static final long FRESH = Duration.ofMinutes(1).toNanos();

    private final Account account;
    private QuotaDay day;
    private double reported; // by the store
    private boolean known; // whether the store has reported it
    private long reportedAt; // in nanoseconds
    private double unsettled;
    private double settling; // part of a settlement in progress
    private boolean forgotten;

    Usage(Account account, QuotaDay day) {
        this.account = account;
        this.day = day;
    }

    /** What the usage says about a charge. */
    enum Answer {
        /** The charge can be made. */
        FREE,
        /** The quota has too little left. */
        EXHAUSTED,
        /** Only the store knows. */
        UNSURE
    }

    /**
     * Decides about a charge.
     *
     * @param alone whether this server decides without the store
     */
    Answer check(QuotaCharge charge, boolean alone, long nanos) {
        if (used() + charge.needed() > charge.limit()) {
            return alone || (known && nanos - reportedAt < FRESH) ? Answer.EXHAUSTED : Answer.UNSURE;
        }
        boolean inBlock = unsettled + settling + charge.amount() <= charge.limit() * BLOCK;
        return alone || (known && inBlock) ? Answer.FREE : Answer.UNSURE;
    }

    void add(double amount) {
        unsettled += amount;
    }

    /** Returns whether so much is unsettled that the block may be full before a settlement ends. */
    boolean isDue(double limit) {
        return unsettled + settling >= limit * BLOCK / 2;
    }

    double used() {
        return reported + unsettled + settling;
    }

    double unsettled() {
        return unsettled;
    }

    Account account() {
        return account;
    }

    QuotaDay day() {
        return day;
    }

    /** Begins another day without usage. */
    void begin(QuotaDay next) {
        day = next;
        reported = 0;
        known = false;
        unsettled = 0;
        settling = 0;
    }

    /** The ledger has forgotten the account. */
    void forget() {
        forgotten = true;
        unsettled = 0;
    }

    /** Returns whether the ledger still counts this usage on this day. */
    boolean isCurrent(QuotaDay settled) {
        return !forgotten && day.equals(settled);
    }

    /** Moves what is unsettled into a settlement, and returns it. */
    double beginSettlement() {
        double amount = unsettled;
        settling = amount;
        unsettled = 0;
        return amount;
    }

    /** The store has charged what was settling, with or without what a call takes at the same time, or has not. */
    void endSettlement(Balance balance, long nanos) {
        unsettled += balance.charged() ? 0 : settling;
        settling = 0;
        reported = balance.used();
        known = true;
        reportedAt = nanos;
    }

    /** The store has failed. */
    void failSettlement() {
        unsettled += settling;
        settling = 0;
    }
}
