package io.breakwater.port;

import java.util.List;

/**
 * Why an access is allowed or denied.
 *
 * @param decision the decision
 * @param rules the rules that were considered, in their order; empty if the server has no rules
 * @param reservation what the server decides in addition during the call and may deny, as a clause; empty if the
 *     decision is final
 */
public record AccessExplanation(AccessDecision decision, List<ConsideredRule> rules, String reservation) {
    /** Copies the list. */
    public AccessExplanation {
        rules = List.copyOf(rules);
    }

    /** Creates the explanation of a decision that is final. */
    public AccessExplanation(AccessDecision decision, List<ConsideredRule> rules) {
        this(decision, rules, "");
    }

    /**
     * A rule that was considered. Each part says {@code yes}, {@code no}, {@code possible} if it depends on what is not
     * known yet, {@code scopes missing}, or {@code error}, which denies.
     *
     * @param name the name of the rule
     * @param effect {@code allow} or {@code deny}
     * @param caller whether the rule is about this principal
     * @param target whether the rule is about this target
     * @param arguments whether the arguments meet the conditions of the rule
     */
    public record ConsideredRule(String name, String effect, String caller, String target, String arguments) {}
}
