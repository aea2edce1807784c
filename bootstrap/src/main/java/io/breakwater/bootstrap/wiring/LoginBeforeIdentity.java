package io.breakwater.bootstrap.wiring;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.driven.AccessPolicy;

/** Callers without a credential may use the tool {@code login} only; all other definitions are unknown to them. */
final class LoginBeforeIdentity implements AccessPolicy {
    private static final String LOGIN = "login";

    @Override
    public AccessDecision decide(AccessRequest request) {
        if (!request.principal().isAnonymous()) {
            return new AccessDecision.Allowed("the caller has a credential");
        }
        return request.kind() == TargetKind.TOOL && request.name().equals(LOGIN)
                ? new AccessDecision.Allowed("the tool login needs no credential")
                : new AccessDecision.Denied("callers without a credential may use the tool login only");
    }
}
