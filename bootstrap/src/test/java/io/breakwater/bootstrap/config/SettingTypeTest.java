package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {
    private static final SettingType<Duration> DURATION = new DurationType(Duration.ZERO, Duration.ofDays(365));
    private static final SettingType<Long> SIZE = new SizeType(0, 1L << 40);

    @ParameterizedTest
    @CsvSource({"0,0s", "300,5m", "250ms,250ms", "90s,90s", "60s,1m", "1 h,1h", "48h,2d"})
    void readsDurations(String written, String shown) {
        assertThat(shown(DURATION, written)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "1.5s", "1y", "99999999999s", "366d"})
    void refusesOtherDurations(String written) {
        assertThat(DURATION.parse(written)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "1024,1KiB", "10 KiB,10KiB", "1MiB,1MiB", "3GiB,3GiB", "512B,512"})
    void readsSizes(String written, String shown) {
        assertThat(shown(SIZE, written)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1MB", "1k", "-1", "1.5MiB", "2000GiB", "9999999999999"})
    void refusesOtherSizes(String written) {
        assertThat(SIZE.parse(written)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0%,0.0", "90%,0.9", "12.5 %,0.125", "100%,1.0"})
    void readsShares(String written, double fraction) {
        assertThat(new PercentageType().parse(written)).isEqualTo(fraction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "0.9", "101%", "-1%", "1e999999999%", "0.00000000000000000000000000001%"})
    void refusesOtherShares(String written) {
        assertThat(new PercentageType().parse(written)).isNull();
    }

    @Test
    void showsWhatItReads() {
        assertThat(shown(new PercentageType(), "90%")).isEqualTo("90%");
        assertThat(shown(new BooleanType(), "TRUE")).isEqualTo("true");
        assertThat(shown(new IntegerType(0, 9), "7")).isEqualTo("7");
        assertThat(shown(new ListType<>(new IntegerType(0, 9)), "1,2 , 3")).isEqualTo("1, 2, 3");
    }

    @Test
    void readsAListFromAListAndFromText() {
        var kind = new ListType<>(new IntegerType(0, 9));

        assertThat(kind.read(ConfigurationNode.texts(List.of("1", "2"), ValueOrigin.BUILT_IN)))
                .containsExactly(1, 2);
        assertThat(kind.parse("")).isEmpty();
        assertThat(kind.parse("1,,2")).isNull();
    }

    @Test
    void neverQuotesASecret() {
        assertThatThrownBy(() -> new SecretType(8).read(new ConfigurationNode.Scalar("canary", ValueOrigin.BUILT_IN)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        unfit -> assertThat(unfit.at("key").sentence())
                                .isEqualTo("the value is not valid; write a secret of at least 8 characters"));
        assertThat(new SecretType(8).text(SecretValue.of("canary"))).isEqualTo("******");
    }

    @Test
    void abridgesWhatItQuotes() {
        var kind = new IntegerType(0, 9);

        assertThatThrownBy(() -> kind.read(new ConfigurationNode.Scalar("9".repeat(1_000), ValueOrigin.BUILT_IN)))
                .hasMessage("'" + "9".repeat(60) + "…' is not valid");
    }

    private static <T> @Nullable String shown(SettingType<T> kind, String written) {
        T value = kind.parse(written);
        return value == null ? null : kind.text(value);
    }
}
