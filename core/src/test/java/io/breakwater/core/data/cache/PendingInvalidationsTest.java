package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.cache.TagId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {
    private static final TagId EVERY = TagId.all("shop");
    private static final TagId TAG = TagId.of("shop", "order:1");
    private static final int ONE_TOO_MANY = 257;

    private final PendingInvalidations renewals = new PendingInvalidations(EVERY, () -> 0);

    private static List<TagId> tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TagId.of("shop", "order:" + i))
                .toList();
    }

    @Test
    void whatWasOpenedIsUntoldUntilItIsTold() {
        long opening = renewals.open(Set.of(TAG));
        assertThat(renewals.untold().tags()).containsExactly(TAG);
        assertThat(renewals.allTold()).isFalse();

        renewals.told(Set.of(TAG), opening);

        assertThat(renewals.untold().tags()).isEmpty();
        assertThat(renewals.allTold()).isTrue();
        assertThat(renewals.doubtful()).as("for a moment").containsExactly(TAG);
    }

    @Test
    void whoeverToldAnEarlierOpeningDidNotTellTheLaterOne() {
        long first = renewals.open(Set.of(TAG));
        long second = renewals.open(Set.of(TAG));

        renewals.told(Set.of(TAG), first);
        assertThat(renewals.untold().tags()).containsExactly(TAG);

        renewals.told(Set.of(TAG), second);
        assertThat(renewals.allTold()).isTrue();
    }

    @Test
    void whatIsOpenedWhileTheRestIsToldStaysUntold() {
        renewals.open(Set.of(TAG));
        var untold = renewals.untold();
        renewals.open(Set.of(TAG));

        renewals.told(untold.tags(), untold.opening());

        assertThat(renewals.untold().tags()).containsExactly(TAG);
    }

    @Test
    void forTooManyTheTagOfEverythingStands() {
        var many = tags(ONE_TOO_MANY);
        long opening = renewals.open(many);
        assertThat(renewals.untold().tags()).containsExactly(EVERY);
        assertThat(renewals.overflowed()).isTrue();

        renewals.told(Set.of(many.getFirst()), opening);
        assertThat(renewals.overflowed()).as("one of them told").isTrue();

        renewals.told(Set.of(EVERY), renewals.untold().opening());
        assertThat(renewals.overflowed()).isFalse();
        assertThat(renewals.allTold()).isTrue();
    }
}
