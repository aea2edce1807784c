package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNameTest {

    @ParameterizedTest
    @CsvSource({
        "prodution, production",
        "producton, production",
        "Production, production",
        "stagin-g, staging",
        "satging, staging",
        "developement, development"
    })
    void suspectsTypingErrors(String written, String meant) {
        assertThat(EnvironmentName.suggestion(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "production",
                "staging",
                "development",
                "prod",
                "dev",
                "stage",
                "test",
                "testing",
                "qa",
                "uat",
                "demo",
                "local",
                "live",
                "preprod",
                "sandbox",
                "integration",
                "acceptance",
                "production-eu",
                "staging2",
                "eu-west-1"
            })
    void acceptsOtherNames(String name) {
        assertThat(EnvironmentName.suggestion(name)).isEmpty();
    }
}
