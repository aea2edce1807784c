package io.breakwater.core.business.quota;

import io.breakwater.port.driven.QuotaStore.Account;

/**
 * What a call takes from one quota.
 *
 * @param account the account that counts the usage
 * @param limit the quota for a day
 * @param amount the amount to take
 * @param needed the amount that the quota must have left; more than the amount if the rest is only known later
 */
public record QuotaCharge(Account account, double limit, double amount, double needed) {

    /** Returns whether the quota of a whole day is too small. */
    public boolean isImpossible() {
        return needed > limit;
    }
}
