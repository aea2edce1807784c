package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;

/** Reads {@link QuotaSettings} from a configuration. */
final class QuotaSection {
    static final String DESCRIPTION =
            "How much callers may use from midnight to midnight UTC. docs/limits.md explains it.";

    private static final QuotaSettings STANDARD = QuotaSettings.OFF;

    private static final Setting<Long> PRINCIPAL_CALLS = quota(
            "principal-calls",
            "How many calls one caller may make in a day: calls of tools, reads of resources and uses of prompts."
                    + " Anonymous callers are told apart by their network addresses.");
    private static final Setting<Long> PRINCIPAL_ROWS =
            quota("principal-rows", "How many rows of SQL statements one caller may receive in a day.");
    private static final Setting<Long> PRINCIPAL_COST = quota(
            "principal-cost",
            "The highest total cost of one caller's SQL statements in a day, in the planner's units (about one page"
                    + " read).");
    private static final Setting<Long> TENANT_CALLS =
            quota("tenant-calls", "How many calls all callers of a tenant together may make in a day.");
    private static final Setting<Long> TENANT_ROWS = quota(
            "tenant-rows", "How many rows of SQL statements all callers of a tenant together may receive in a day.");
    private static final Setting<Long> TENANT_COST = quota(
            "tenant-cost",
            "The highest total cost of the SQL statements of all callers of a tenant together in a day.");

    private static final Setting<Integer> KEYS = Setting.whole("keys", 100, 10_000_000)
            .description(
                    "How many usages are counted in memory: one for each caller or tenant and each of its quotas. One"
                            + " for each 4 KiB of heap unless set, at most 100000.");

    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
            .byDefault(STANDARD.timeout())
            .description("How long a call waits for the store; then the server decides alone.");

    private QuotaSection() {}

    static QuotaSettings read(SectionReader quota) {
        var principal = new QuotaLimits(
                limit(quota, PRINCIPAL_CALLS), limit(quota, PRINCIPAL_ROWS), limit(quota, PRINCIPAL_COST));
        var tenant = new QuotaLimits(limit(quota, TENANT_CALLS), limit(quota, TENANT_ROWS), limit(quota, TENANT_COST));
        var keys = quota.find(KEYS);
        return new QuotaSettings(principal, tenant, keys == null ? STANDARD.keys() : keys, quota.get(TIMEOUT));
    }

    private static Setting<Long> quota(String name, String description) {
        return Setting.amount(name).byDefault(0L).description(description);
    }

    private static double limit(SectionReader section, Setting<Long> setting) {
        long limit = section.get(setting);
        return limit == 0 ? QuotaLimits.OFF : limit;
    }
}
