package io.breakwater.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallStatusTest {

    @Test
    void everyStatusIsFoundByItsWord() {
        assertThat(CallStatus.ALL)
                .allSatisfy(status -> assertThat(CallStatus.of(status.word())).isEqualTo(status));
        assertThat(CallStatus.INVALID_PARAMS.word()).isEqualTo("invalid_params");
    }

    @Test
    void aWordNobodyKnowsIsAFaultOfOurs() {
        assertThat(CallStatus.of("surprise")).isEqualTo(CallStatus.INTERNAL_ERROR);
    }
}
