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
        long sequence = renewals.begin(Set.of(TAG));
        assertThat(renewals.unpublished().tags()).containsExactly(TAG);
        assertThat(renewals.allPublished()).isFalse();

        renewals.published(Set.of(TAG), sequence);

        assertThat(renewals.unpublished().tags()).isEmpty();
        assertThat(renewals.allPublished()).isTrue();
        assertThat(renewals.recentOrUnpublished()).as("for a moment").containsExactly(TAG);
    }

    @Test
    void anInvalidationOfAnEarlierOutageDoesNotCoverALaterOne() {
        long first = renewals.begin(Set.of(TAG));
        long second = renewals.begin(Set.of(TAG));

        renewals.published(Set.of(TAG), first);
        assertThat(renewals.unpublished().tags()).containsExactly(TAG);

        renewals.published(Set.of(TAG), second);
        assertThat(renewals.allPublished()).isTrue();
    }

    @Test
    void whatIsOpenedWhileTheRestIsToldStaysUntold() {
        renewals.begin(Set.of(TAG));
        var unpublished = renewals.unpublished();
        renewals.begin(Set.of(TAG));

        renewals.published(unpublished.tags(), unpublished.sequence());

        assertThat(renewals.unpublished().tags()).containsExactly(TAG);
    }

    @Test
    void forTooManyTheTagOfEverythingStands() {
        var many = tags(ONE_TOO_MANY);
        long sequence = renewals.begin(many);
        assertThat(renewals.unpublished().tags()).containsExactly(EVERY);
        assertThat(renewals.overflowed()).isTrue();

        renewals.published(Set.of(many.getFirst()), sequence);
        assertThat(renewals.overflowed()).as("one of them told").isTrue();

        renewals.published(Set.of(EVERY), renewals.unpublished().sequence());
        assertThat(renewals.overflowed()).isFalse();
        assertThat(renewals.allPublished()).isTrue();
    }
}
