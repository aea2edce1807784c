package io.breakwater.core.business.authorization;

import io.breakwater.port.contract.AccessPolicyContract;
import io.breakwater.port.driven.AccessPolicy;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;

/** The engine for rules keeps the contract of policies. */
class RuleEngineContractTest extends AccessPolicyContract {

    @Override
    protected AccessPolicy make() {
        return RuleEngine.of(AccessRules.of(
                AccessRule.allow("readers")
                        .onTools("public_tool", "public_secret")
                        .onResources("*public*")
                        .onPrompts("*public*")
                        .forRoles("reader"),
                AccessRule.allow("readers in Europe")
                        .onTools("public_region")
                        .forRoles("reader")
                        .whenArgumentIs("/region", "eu"),
                AccessRule.deny("secrets").onTools("public_secret")));
    }
}
