package io.breakwater.port.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The digests of the examples in FIPS 180-4, and that digests do not influence each other. */
class Sha256Test {
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void theDigestsAreThoseOfTheStandard() {
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("")).isEqualTo(OF_NOTHING);
        assertThat(HexFormat.of().formatHex(Sha256.of("abc".getBytes(UTF_8)))).isEqualTo(OF_ABC);
    }

    @Test
    void textIsInUtf8() {
        assertThat(Sha256.of("\u00e9")).isEqualTo(Sha256.of(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void aCopyContinuesWithTheSamePartsAndChangesNoOther() {
        var begun = Sha256.begin();
        begun.update("ab".getBytes(UTF_8));
        var copy = Sha256.copy(begun);
        begun.update("x".getBytes(UTF_8));
        copy.update("c".getBytes(UTF_8));

        assertThat(HexFormat.of().formatHex(copy.digest())).isEqualTo(OF_ABC);
        assertThat(HexFormat.of().formatHex(Sha256.begin().digest())).isEqualTo(OF_NOTHING);
    }
}
