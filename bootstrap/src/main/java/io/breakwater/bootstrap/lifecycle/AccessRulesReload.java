package io.breakwater.bootstrap.lifecycle;

import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.settings.AccessRules;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the access rules of a running server after the configuration has changed. A server with rules never
 * continues without any, because a file that is deleted or half written must not open the server to all callers.
 */
@OutageBehavior(
        guard = "access rules",
        dependency = GuardDependency.CONFIGURATION_FILE,
        failure = "removed or without rules",
        effect = OutageEffect.DEGRADE,
        behavior = "A server with rules keeps them.",
        recovery = "Put the rules back; or restart the server to run without rules.",
        signal =
                "log line `The configuration contains no access rules any more` or `The configuration file … was removed`",
        details = "access.md#how-rules-decide")
public final class AccessRulesReload {
    private static final Logger LOG = LoggerFactory.getLogger(AccessRulesReload.class);

    private final Consumer<AccessRules> server;
    private AccessRules current;

    /**
     * Creates the reload for a server.
     *
     * @param current the rules that the server has begun with
     * @param server replaces its rules
     */
    public AccessRulesReload(AccessRules current, Consumer<AccessRules> server) {
        this.current = current;
        this.server = server;
    }

    /** Replaces the rules if they differ from those in force. */
    public synchronized void apply(AccessRules rules) {
        if (rules.equals(current)) {
            return;
        }
        if (rules.rules().isEmpty() && !current.rules().isEmpty()) {
            LOG.warn("The configuration contains no access rules any more. The server keeps the rules that it has;"
                    + " restart it to run without rules.");
            return;
        }
        server.accept(rules);
        current = rules;
        LOG.atInfo().addKeyValue("rules", rules.rules().size()).log("The access rules have been replaced");
    }
}
