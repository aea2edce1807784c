package io.breakwater.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessRulesReloadTest {
    private static final AccessRules FIRST =
            AccessRules.of(AccessRule.allow("all").onTools("*"));
    private static final AccessRules SECOND =
            AccessRules.of(AccessRule.allow("some").onTools("a*"));

    private final List<AccessRules> replaced = new ArrayList<>();

    @Test
    void onlyAChangeReplacesTheRules() {
        var reload = new AccessRulesReload(FIRST, replaced::add);
        reload.apply(FIRST);
        reload.apply(SECOND);
        reload.apply(SECOND);
        reload.apply(FIRST);

        assertThat(replaced).containsExactly(SECOND, FIRST);
    }

    @Test
    @CoversOutage("access rules: configuration file removed or without rules")
    void aServerWithRulesNeverLosesAllOfThem() {
        var reload = new AccessRulesReload(FIRST, replaced::add);
        reload.apply(AccessRules.NONE);
        assertThat(replaced).isEmpty();

        reload.apply(SECOND);
        assertThat(replaced).containsExactly(SECOND);
    }

    @Test
    void aServerWithoutRulesMayGetThem() {
        new AccessRulesReload(AccessRules.NONE, replaced::add).apply(FIRST);

        assertThat(replaced).containsExactly(FIRST);
    }
}
