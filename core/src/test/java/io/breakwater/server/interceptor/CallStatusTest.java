package io.breakwater.server.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.mcp.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallStatusTest {

    @ParameterizedTest
    @EnumSource
    void everyErrorCodeHasAStatusOfItsName(ErrorCode code) {
        assertThat(CallStatus.of(code).word()).isEqualToIgnoringCase(code.name());
        assertThat(CallStatus.of(code).isFailure()).isTrue();
    }
}
