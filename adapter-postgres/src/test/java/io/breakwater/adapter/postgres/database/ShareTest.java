package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareTest {
    private static final List<Attack> ALL = Attack.all();

    @Test
    void isAboutATenth() {
        assertThat(Share.part(ALL, "a test")).hasSizeBetween(ALL.size() / 15, ALL.size() / 7);
    }

    @Test
    void hasAttacksOfEachClass() {
        var sorts = ALL.stream().map(Attack::sort).distinct().toList();

        assertThat(Share.part(ALL, "a test"))
                .extracting(Attack::sort)
                .containsAll(sorts)
                .hasSizeGreaterThan(sorts.size());
    }

    @Test
    void differsFromTestToTestUntilEverythingIsTried() {
        var tried = IntStream.range(0, 200)
                .mapToObj(i -> Share.part(ALL, "test " + i))
                .flatMap(List::stream)
                .distinct();

        assertThat(tried).containsAll(ALL);
    }
}
