package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** Request ids are unique and reveal nothing about the requests of others. */
class RequestIdsTest {
    private static final int COUNT = 100_000;

    private static BigInteger number(String id) {
        return new BigInteger(id.substring(id.indexOf('-') + 1), Character.MAX_RADIX);
    }

    @Test
    void areUniqueAndHaveOneLength() {
        var ids = new RequestIds();
        var seen = new HashSet<String>();
        for (int i = 0; i < COUNT; i++) {
            var id = ids.text(ids.next());
            assertThat(id).matches("[0-9a-f]{8}-[0-9a-z]{13}");
            seen.add(id);
        }
        assertThat(seen).hasSize(COUNT);
        assertThat(ids.text(7)).isEqualTo(ids.text(7));
    }

    @Test
    void theDistanceOfTwoIdsDoesNotDependOnTheRequestsBetweenThem() {
        var ids = new RequestIds();
        var distances = new HashSet<BigInteger>();
        int ascending = 0;
        for (int i = 0; i < COUNT; i++) {
            var distance = number(ids.text(i + 1)).subtract(number(ids.text(i)));
            distances.add(distance);
            ascending += distance.signum() > 0 ? 1 : 0;
        }
        assertThat(distances).hasSizeGreaterThan(COUNT - 10);
        assertThat(ascending).isBetween(COUNT * 4 / 10, COUNT * 6 / 10);
    }

    @Test
    void differFromProcessToProcess() {
        var one = new RequestIds();
        var other = new RequestIds();

        assertThat(number(one.text(1))).isNotEqualTo(number(other.text(1)));
    }
}
