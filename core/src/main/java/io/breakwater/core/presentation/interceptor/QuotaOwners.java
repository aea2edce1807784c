package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.quota.QuotaOwner;
import io.breakwater.port.support.NetworkAddress;
import io.breakwater.server.mcp.Call;

/**
 * Determines whose quotas a call uses.
 *
 * @param callers the callers to which quotas apply
 */
public record QuotaOwners(LimitedCallers callers) {

    /** Returns the owner of the quotas. */
    public QuotaOwner ownerOf(Call call) {
        if (!callers.include(call)) {
            return QuotaOwner.UNLIMITED;
        }
        var principal = call.principal();
        boolean anonymous = principal.isAnonymous();
        return new QuotaOwner(
                anonymous ? NetworkAddress.network(call.remoteAddress()) : principal.id(),
                anonymous,
                principal.tenant());
    }
}
