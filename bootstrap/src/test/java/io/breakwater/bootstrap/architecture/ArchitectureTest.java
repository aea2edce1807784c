package io.breakwater.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.breakwater.core.rules.IsolationRules;
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

    private final JavaClasses house = Modules.classes();

    @ParameterizedTest
    @EnumSource
    void theHouseKeeps(ArchitectureRule rule) {
        rule.check(house);
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedViolationBreaks(ArchitectureRule rule) {
        var guilty = PlantedViolation.against(rule);

        assertThatThrownBy(() -> rule.check(guilty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(PlantedViolation.nameOfTheCulprit(rule));
    }

    @ParameterizedTest
    @FieldSource("io.breakwater.bootstrap.architecture.Modules#STILL_EMPTY")
    void nobodyHasMovedIn(String room) {
        assertThatThrownBy(() ->
                        LayeringRules.under(Modules.CORE).isInhabited(room).check(house))
                .as("%s has somebody in it: move it from STILL_EMPTY to INHABITED", room)
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @FieldSource("io.breakwater.bootstrap.architecture.Modules#STILL_UNUSED")
    void nobodyHasBroughtItIn(String library) {
        assertThatThrownBy(
                        () -> IsolationRules.under(Modules.CORE).knows(library).check(house),
                        "%s is used: move it from STILL_UNUSED to USED",
                        library)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void everyAdapterHasARule() {
        var ruled = Arrays.stream(ArchitectureRule.values())
                .map(ArchitectureRule::name)
                .toList();
        var adapters = house.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(Modules.ADAPTERS + "."))
                .map(name -> name.substring(Modules.ADAPTERS.length() + 1).split("\\.", 2)[0])
                .distinct();

        assertThat(adapters)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ruled).anyMatch(rule -> rule.startsWith(name.toUpperCase(Locale.ROOT) + "_KNOWS_")));
    }
}
