package io.breakwater.port.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingChecksTest {

    @Test
    void namesTheRecordAndTheComponentThatIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> SettingChecks.notNull(null, "HttpSettings.host"))
                .withMessage("HttpSettings.host must not be null.");
        assertThatNullPointerException()
                .isThrownBy(() -> SettingChecks.positive(null, "HttpSettings.Limits.headTimeout"))
                .withMessage("HttpSettings.Limits.headTimeout must not be null.");
    }

    @Test
    void namesTheCollectionThatContainsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> SettingChecks.nonNullCopy(Arrays.asList("a", null), "HttpSettings.allowedHosts"))
                .withMessage("An element of HttpSettings.allowedHosts must not be null.");
        assertThatNullPointerException()
                .isThrownBy(() -> SettingChecks.nonNullCopy(
                        new HashSet<>(Arrays.asList("a", null)), "DatabaseSettings.allowedFunctions"))
                .withMessage("An element of DatabaseSettings.allowedFunctions must not be null.");
        assertThat(SettingChecks.nonNullCopy(List.of("a"), "HttpSettings.allowedHosts"))
                .containsExactly("a");
    }

    @Test
    void beginsWithTheComponentWhoseValueIsInvalid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingChecks.positive(0, "HttpSettings.Limits.bodyBytes"))
                .withMessage("bodyBytes must be at least 1, but is 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingChecks.positive(Duration.ZERO, "Limits.deadline"))
                .withMessage("deadline must be longer than zero, but is PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingChecks.notNegative(Duration.ofSeconds(-1), "Limits.listTtl"))
                .withMessage("listTtl must not be negative, but is PT-1S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingChecks.atMost(365, Duration.ofDays(366), "Limits.listTtl"))
                .withMessage("listTtl must be at most 365 days, but is PT8784H.");
    }
}
