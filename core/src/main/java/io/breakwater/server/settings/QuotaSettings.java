package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The quotas: how much callers may use in a day, from midnight to midnight UTC. They apply to the callers to which the
 * rate limits apply ({@link RateLimitSettings#localCallers}).
 *
 * @param principal the quotas of each caller; anonymous callers are told apart by their networks
 * @param tenant the quotas of all callers of a tenant together
 * @param keys the maximum number of usages in memory: one for each caller or tenant and each of its quotas
 * @param timeout the maximum time that a call waits for the store; then the server decides alone
 */
public record QuotaSettings(QuotaLimits principal, QuotaLimits tenant, int keys, Duration timeout) {
    private static final int MIN_KEYS = 100;

    /** No quotas. */
    public static final QuotaSettings OFF = new QuotaSettings(
            QuotaLimits.NONE, QuotaLimits.NONE, RateLimitSettings.STANDARD.keys(), Duration.ofSeconds(1));

    /** Refuses null, fewer than 100 keys, and a time that is not above zero. */
    public QuotaSettings {
        notNull(principal, "QuotaSettings.principal");
        notNull(tenant, "QuotaSettings.tenant");
        atLeast(MIN_KEYS, keys, "QuotaSettings.keys");
        positive(timeout, "QuotaSettings.timeout");
    }

    /** Returns whether there are no quotas. */
    public boolean isOff() {
        return principal.equals(QuotaLimits.NONE) && tenant.equals(QuotaLimits.NONE);
    }

    /** Returns a copy with other quotas of each caller. */
    public QuotaSettings withPrincipal(QuotaLimits limits) {
        return new QuotaSettings(limits, tenant, keys, timeout);
    }

    /** Returns a copy with other quotas of each tenant. */
    public QuotaSettings withTenant(QuotaLimits limits) {
        return new QuotaSettings(principal, limits, keys, timeout);
    }

    /** Returns a copy with another maximum number of usages in memory. */
    public QuotaSettings withKeys(int number) {
        return new QuotaSettings(principal, tenant, number, timeout);
    }

    /** Returns a copy with another timeout. */
    public QuotaSettings withTimeout(Duration time) {
        return new QuotaSettings(principal, tenant, keys, time);
    }
}
