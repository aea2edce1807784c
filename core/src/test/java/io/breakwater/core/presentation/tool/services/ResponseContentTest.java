package io.breakwater.core.presentation.tool.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.JsonDocuments;
import io.breakwater.core.presentation.tool.services.ResponseContent.Converted;
import io.breakwater.port.CallContext;
import io.breakwater.port.CallContext.Reservation;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.memory.ManualCallContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseContentTest {
    private static final byte[] LARGE = bytes(100_000, '0');

    private final ResponseContent contents = new ResponseContent(16 << 20);

    private static byte[] bytes(int length, char each) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) each);
        return bytes;
    }

    private Converted convert(String mediaType, byte[] body, CallContext context) {
        return contents.convert(mediaType, body, context);
    }

    @ParameterizedTest
    @EnumSource(names = "RESERVED", mode = Mode.EXCLUDE)
    void reservesTheMemoryOfALargeBody(Reservation refusal) {
        assertThat(convert("image/png", LARGE, ManualCallContext.withMemory(800_000, refusal)))
                .isInstanceOf(Converted.Value.class);
        assertThat(convert("image/png", LARGE, ManualCallContext.withMemory(799_999, refusal)))
                .isEqualTo(
                        refusal == Reservation.NONE_NOW
                                ? new Converted.NoMemory()
                                : new Converted.TooLarge("its body needs more memory than one caller may use"));
        assertThat(convert("image/png", bytes(8_192, 'x'), ManualCallContext.withMemory(0, refusal)))
                .isInstanceOf(Converted.Value.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "text/plain", "text/plain; charset=utf-16", "image/png", "", ";", "a/b;c"})
    void everyBodyBecomesJsonOnOneLine(String mediaType) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] body = new byte[1 + random.nextInt(40)];
            random.nextBytes(body);
            var converted = (Converted.Value) convert(mediaType, body, ManualCallContext.unhurried());

            var text = JsonWriter.text(converted.json());
            assertThat(JsonDocuments.isValid(text.getBytes(StandardCharsets.UTF_8)))
                    .as("seed %d: %s", seed, text)
                    .isTrue();
            assertThat(text).doesNotContain("\n", "\r");
        }
    }

    @Test
    void aBodyThatIsCutInACharacterIsBytes() {
        var converted =
                (Converted.Value) convert("text/plain", new byte[] {'a', (byte) 0xC3}, ManualCallContext.unhurried());

        assertThat(converted.json().toString()).isEqualTo("{\"content_type\":\"text/plain\",\"base64\":\"YcM=\"}");
    }
}
