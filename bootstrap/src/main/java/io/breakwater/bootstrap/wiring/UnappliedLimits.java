package io.breakwater.bootstrap.wiring;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.QuotaLimits;
import io.breakwater.server.settings.RateLimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds limits that apply to no caller of a server that admits callers without a credential. */
final class UnappliedLimits {
    private static final RateLimitSettings STANDARD = RateLimitSettings.STANDARD;

    private UnappliedLimits() {}

    /**
     * Returns the warnings, two sentences each.
     *
     * @param localOnly whether only programs on this machine can call
     */
    static List<String> warnings(BreakwaterSettings settings, boolean localOnly) {
        var warnings = new ArrayList<String>();
        var limits = limits(settings);
        if (localOnly && !settings.rateLimits().localCallers() && !limits.isEmpty()) {
            warnings.add(String.join(" and ", limits) + (limits.size() == 1 ? " is set" : " are set")
                    + ", but callers without a credential on this machine have no limit. Set"
                    + " limits.rate.local-callers to true, or require a credential.");
        }
        if (hasTenantQuotas(settings)) {
            warnings.add(
                    "limits.quota sets quotas of tenants, but callers without a credential have no tenant. Require a"
                            + " credential, or remove these quotas.");
        }
        return warnings;
    }

    static boolean hasTenantQuotas(BreakwaterSettings settings) {
        return !settings.quotas().tenant().equals(QuotaLimits.NONE);
    }

    private static List<String> limits(BreakwaterSettings settings) {
        return Stream.of(
                        hasRates(settings.rateLimits()) ? "limits.rate" : "",
                        settings.quotas().principal().equals(QuotaLimits.NONE) ? "" : "limits.quota")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns whether there are limits beside the defaults. */
    private static boolean hasRates(RateLimitSettings rates) {
        return !rates.tools().isEmpty()
                || differs(rates.principalTool(), STANDARD.principalTool())
                || differs(rates.principal(), STANDARD.principal())
                || rates.tool() != null
                || rates.global() != null;
    }

    private static boolean differs(@Nullable RateLimit limit, @Nullable RateLimit standard) {
        return limit != null && !limit.equals(standard);
    }
}
