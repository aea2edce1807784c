package io.breakwater.sample.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.support.SettingChecks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NullComponentsTest {

    record Sound(String name, int size, @Nullable String title) {
        Sound {
            SettingChecks.notNull(name, "NullComponentsTest.Sound.name");
        }
    }

    record Careless(String name, List<String> others) {
        Careless {
            others = List.copyOf(others);
        }
    }

    @Test
    void findsNothingInARecordThatRefusesNull() {
        assertThat(NullComponents.acceptedBy(new Sound("a", 1, null))).isEmpty();
    }

    @Test
    void findsComponentsThatAcceptNullOrRefuseItWithoutAName() {
        assertThat(NullComponents.acceptedBy(new Careless("a", List.of())))
                .containsExactly("NullComponentsTest.Careless.name", "NullComponentsTest.Careless.others");
    }
}
