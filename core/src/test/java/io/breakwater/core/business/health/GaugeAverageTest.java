package io.breakwater.core.business.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GaugeAverageTest {
    private long now = 7;
    private double share;
    private int readings;
    private final GaugeAverage window = new GaugeAverage(this::read, () -> now);

    private double read() {
        readings++;
        return share;
    }

    @Test
    void isUnknownAtFirst() {
        assertThat(window.mean()).isNegative();
        assertThat(window.fullMean()).isNegative();
    }

    @Test
    void isTheAverageOfAMinute() {
        share = 1;
        run(5);
        share = 0;
        run(300);

        assertThat(window.mean()).isZero();
        share = 1;
        run(30);
        assertThat(window.mean()).isCloseTo(0.5, within(0.05));
    }

    @Test
    void isFullOnceItSpansAMinute() {
        share = 0.5;
        run(50);
        assertThat(window.fullMean()).isNegative();
        run(15);
        assertThat(window.fullMean()).isEqualTo(0.5);
    }

    @Test
    void isReadNoFasterHoweverOftenItIsAskedFor() {
        for (int i = 0; i < 1_000; i++) {
            window.sample();
        }
        assertThat(readings).isOne();
    }

    @Test
    void leavesOutWhatIsUnknown() {
        share = -1;
        run(10);
        assertThat(window.mean()).isNegative();
        share = 0.4;
        run(5);
        assertThat(window.mean()).isEqualTo(0.4);
    }

    private void run(int seconds) {
        for (int second = 0; second < seconds; second += 5) {
            window.sample();
            now += Duration.ofSeconds(5).toNanos();
        }
    }
}
