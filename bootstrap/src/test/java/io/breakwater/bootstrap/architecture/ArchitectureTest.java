package io.breakwater.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.breakwater.core.rules.LayeringRules;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private final JavaClasses classes = Modules.classes();

    @ParameterizedTest
    @EnumSource
    void everyRuleHolds(ArchitectureRule rule) {
        rule.check(classes);
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedViolationBreaks(ArchitectureRule rule) {
        var guilty = PlantedViolation.against(rule);

        assertThatThrownBy(() -> rule.check(guilty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(PlantedViolation.expectedText(rule));
    }

    @ParameterizedTest
    @FieldSource("io.breakwater.bootstrap.architecture.Modules#EMPTY_PACKAGES")
    void plannedPackagesAreEmpty(String room) {
        assertThatThrownBy(() -> LayeringRules.under(Modules.CORE)
                        .containsClassesIn(room)
                        .check(classes))
                .as("%s contains classes: move it from EMPTY_PACKAGES to NON_EMPTY_PACKAGES", room)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void everyAdapterHasARule() {
        var ruled = Arrays.stream(ArchitectureRule.values())
                .map(ArchitectureRule::name)
                .toList();
        var adapters = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(Modules.ADAPTERS + "."))
                .map(name -> name.substring(Modules.ADAPTERS.length() + 1).split("\\.", 2)[0])
                .distinct();

        assertThat(adapters)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(ruled)
                        .anyMatch(rule -> rule.startsWith(name.toUpperCase(Locale.ROOT) + "_DEPENDS_ON_")));
    }
}
