package io.breakwater.core.business.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    @Test
    void areVisibleAsciiAndNeverTheSame() {
        var ids = new SessionIds();

        var made = IntStream.range(0, 10_000).mapToObj(i -> ids.next()).collect(Collectors.toSet());

        assertThat(made).hasSize(10_000).allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void nameSessionsWithoutTellingTheirIds() {
        var id = new SessionIds().next();

        assertThat(SessionIds.nameOf(id)).isEqualTo(SessionIds.nameOf(id)).matches("[A-Za-z0-9_-]{16}");
        assertThat(id).doesNotContain(SessionIds.nameOf(id));
        assertThat(SessionIds.nameOf(id)).isNotEqualTo(SessionIds.nameOf(id + "x"));
    }
}
