package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.settings.AccessRule.Callers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The criteria of a rule for its callers, without the scopes. */
final class CallerCriteria {
    private CallerCriteria() {}

    static CompiledRule.CallerCheck of(Callers callers) {
        var criteria = new ArrayList<CompiledRule.CallerCheck>();
        if (!callers.roles().isEmpty()) {
            criteria.add(principal -> Match.of(!Collections.disjoint(callers.roles(), principal.roles())));
        }
        addOneOf(callers.subjects(), Principal::subject, criteria);
        addOneOf(callers.issuers(), Principal::issuer, criteria);
        addOneOf(callers.tenants(), Principal::tenant, criteria);
        addOneOf(callers.kinds(), Principal::kind, criteria);
        callers.claims().forEach((claim, value) -> criteria.add(principal -> claim(principal, claim, value)));
        return all(List.copyOf(criteria));
    }

    private static <T> void addOneOf(
            Set<T> expected, Function<Principal, T> property, List<CompiledRule.CallerCheck> criteria) {
        if (!expected.isEmpty()) {
            criteria.add(principal -> Match.of(expected.contains(property.apply(principal))));
        }
    }

    private static Match claim(Principal principal, String claim, Json expected) {
        Map<String, Json> claims = principal.claims().members();
        var value = claims.get(claim);
        return value == null ? Match.NO : JsonMatch.equal(expected, value);
    }

    private static CompiledRule.CallerCheck all(List<CompiledRule.CallerCheck> criteria) {
        return principal -> {
            var match = Match.YES;
            for (var criterion : criteria) {
                match = match.and(criterion.match(principal));
            }
            return match;
        };
    }
}
