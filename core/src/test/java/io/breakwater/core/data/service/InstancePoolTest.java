package io.breakwater.core.data.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstancePoolTest {

    private static List<InstancePool.Found> instances(int count) {
        return IntStream.range(0, count).mapToObj(i -> found(i, 0)).toList();
    }

    private static InstancePool.Found found(int number, int priority) {
        return new InstancePool.Found(new Endpoint(false, "h" + number, 80, null), priority);
    }

    private static InstancePool pool(long seed, List<InstancePool.Found> found) {
        var pool = new InstancePool(
                ServiceSettings.of("orders", ServiceInstances.of("http://a")), new Random(seed), () -> {});
        pool.replace(found);
        return pool;
    }

    private static Instance.Permit choose(InstancePool pool) {
        return Objects.requireNonNull(pool.choose(List.of()));
    }

    private static void breakOff(Instance instance) {
        for (int i = 0; i < 5; i++) {
            instance.begin().failed("It failed.");
        }
    }

    @ParameterizedTest(name = "{0} instances")
    @ValueSource(ints = {2, 3, 4, 10, 33, 200})
    void noInstanceIsStarvedWhenAllAreAlike(int count) {
        var pool = pool(count, instances(count));
        Map<Instance, Integer> calls = new HashMap<>();
        var running = new ArrayDeque<Instance.Permit>();
        int total = count * 500;
        for (int i = 0; i < total; i++) {
            var permit = choose(pool);
            calls.merge(permit.instance(), 1, Integer::sum);
            running.add(permit);
            if (running.size() > count) {
                running.remove().succeeded();
            }
        }
        assertThat(calls).hasSize(count);
        assertThat(calls.values()).allSatisfy(number -> assertThat(number).isBetween(350, 650));
    }

    @ParameterizedTest(name = "{0} instances")
    @ValueSource(ints = {4, 40})
    void aFrozenInstanceIsAvoidedBeforeItFails(int count) {
        var pool = pool(7, instances(count));
        var frozen = pool.instances().getFirst();
        var running = new ArrayDeque<Instance.Permit>();
        int stuck = 0;
        for (int i = 0; i < 10_000; i++) {
            var permit = choose(pool);
            if (permit.instance() == frozen) {
                stuck++;
                continue;
            }
            running.add(permit);
            if (running.size() > count) {
                running.remove().succeeded();
            }
        }
        assertThat(stuck).isLessThan(10);
    }

    @Test
    void leavesOutInstancesThatAreUnhealthyOrOpen() {
        var pool = pool(3, instances(4));
        var all = pool.instances();
        all.get(0).checked("down");
        breakOff(all.get(1));
        for (int i = 0; i < 100; i++) {
            var permit = choose(pool);
            assertThat(permit.instance()).isIn(all.get(2), all.get(3));
            permit.succeeded();
        }
        all.get(2).checked("down");
        all.get(3).checked("down");
        assertThat(pool.choose(List.of())).isNull();
        all.get(0).checked(null);
        assertThat(choose(pool).instance()).isEqualTo(all.getFirst());
    }

    @Test
    void avoidsTheInstanceOfTheAttemptBefore() {
        for (int count : List.of(2, 3, 100)) {
            var pool = pool(count, instances(count));
            var before = pool.instances().getLast();
            for (int i = 0; i < 300; i++) {
                var permit = Objects.requireNonNull(pool.choose(List.of(before)));
                assertThat(permit.instance()).isNotEqualTo(before);
                permit.succeeded();
            }
        }
        var single = pool(1, instances(1));
        var only = single.instances().getFirst();
        assertThat(Objects.requireNonNull(single.choose(List.of(only))).instance())
                .isEqualTo(only);
    }

    @Test
    void findsTheFewThatAreAvailableAmongMany() {
        var pool = pool(5, instances(10_000));
        pool.instances().stream().skip(2).forEach(one -> one.checked("down"));
        var chosen = new HashMap<Instance, Integer>();
        for (int i = 0; i < 200; i++) {
            var permit = choose(pool);
            chosen.merge(permit.instance(), 1, Integer::sum);
            permit.succeeded();
        }
        assertThat(chosen).hasSize(2);
    }

    @Test
    void usesAHigherPriorityNumberOnlyWhenNoOtherIsAvailable() {
        var pool = pool(5, List.of(found(1, 10), found(2, 10), found(3, 20)));
        var all = pool.instances();
        for (int i = 0; i < 50; i++) {
            var permit = choose(pool);
            assertThat(permit.instance().priority()).isEqualTo(10);
            permit.succeeded();
        }
        all.get(0).checked("down");
        all.get(1).checked("down");
        assertThat(choose(pool).instance()).isEqualTo(all.get(2));
    }

    @Test
    void instancesThatRemainKeepTheirState() {
        var pool = pool(5, instances(3));
        var before = new ArrayList<>(pool.instances());
        before.get(1).checked("down");

        var added = pool.replace(List.of(found(1, 0), found(2, 0), found(9, 0), found(9, 0)));

        assertThat(pool.instances()).hasSize(3).startsWith(before.get(1), before.get(2));
        assertThat(added).hasSize(1).containsExactly(pool.instances().get(2));
        assertThat(before.get(0).isRemoved()).isTrue();
        assertThat(before.get(1).isRemoved()).isFalse();
        assertThat(before.get(1).isAvailable()).isFalse();
    }
}
