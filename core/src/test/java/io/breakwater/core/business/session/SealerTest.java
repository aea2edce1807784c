package io.breakwater.core.business.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.session.SealContext.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final byte[] PAYLOAD = "what was answered so far".getBytes(UTF_8);
    private static final byte[] DIGEST = SealContext.digestOf("{\"a\":1}".getBytes(UTF_8));
    private static final SealContext BOND =
            new SealContext(Purpose.REQUEST_STATE, "anna", "tools/call", "deploy", DIGEST);

    private final Sealer seal = sealOf(NOW, secret(1));

    @Test
    void opensWhatItSealed() {
        var sealed = seal.seal(PAYLOAD, BOND, LIFE);

        assertThat(seal.open(sealed, sameBond()))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1_000, Sealer.MAX_PAYLOAD})
    void opensPayloadsOfAnySize(int size) {
        var payload = new byte[size];
        new Random(size).nextBytes(payload);

        assertThat(seal.open(seal.seal(payload, BOND, LIFE), BOND))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(payload));
    }

    @Test
    void refusesToSealWhatNoRequestWouldCarry() {
        assertThatThrownBy(() -> seal.seal(new byte[Sealer.MAX_PAYLOAD + 1], BOND, LIFE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("262144");
    }

    @Test
    void givesTextThatNeedsNoEscapingAndDiffersEachTime() {
        var sealed = IntStream.range(0, 1_000)
                .mapToObj(i -> seal.seal(PAYLOAD, BOND, LIFE))
                .toList();

        assertThat(sealed).allSatisfy(text -> assertThat(text).matches("[A-Za-z0-9_-]+"));
        assertThat(new HashSet<>(sealed)).hasSize(1_000);
    }

    @Test
    void hidesThePayload() {
        var bytes = Base64.getUrlDecoder().decode(seal.seal(PAYLOAD, BOND, LIFE));

        assertThat(new String(bytes, UTF_8)).doesNotContain("answered");
    }

    @Test
    void doesNotOpenWhenAnyByteWasChanged() {
        var bytes = Base64.getUrlDecoder().decode(seal.seal(PAYLOAD, BOND, LIFE));

        for (var at = 0; at < bytes.length; at++) {
            for (var bit = 0; bit < 8; bit++) {
                var changed = bytes.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(seal.open(text(changed), BOND))
                        .as("byte %d, bit %d", at, bit)
                        .isEmpty();
            }
        }
    }

    @Test
    void doesNotOpenWhenAnyCharacterWasChanged() {
        var sealed = seal.seal(new byte[7], BOND, LIFE);

        for (var at = 0; at < sealed.length(); at++) {
            for (var other : "AB-_/+=z ".toCharArray()) {
                var changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
                if (!changed.equals(sealed)) {
                    assertThat(seal.open(changed, BOND)).as(changed).isEmpty();
                }
            }
        }
    }

    @Test
    void doesNotOpenWhatWasCutOrLengthened() {
        var bytes = Base64.getUrlDecoder().decode(seal.seal(PAYLOAD, BOND, LIFE));

        for (var length = 0; length < bytes.length; length++) {
            assertThat(seal.open(text(Arrays.copyOf(bytes, length)), BOND)).isEmpty();
        }
        assertThat(seal.open(text(Arrays.copyOf(bytes, bytes.length + 1)), BOND))
                .isEmpty();
    }

    static Stream<SealContext> otherBonds() {
        return Stream.of(
                new SealContext(Purpose.CURSOR, "anna", "tools/call", "deploy", DIGEST),
                new SealContext(Purpose.REQUEST_STATE, "berta", "tools/call", "deploy", DIGEST),
                new SealContext(Purpose.REQUEST_STATE, "anna", "prompts/get", "deploy", DIGEST),
                new SealContext(Purpose.REQUEST_STATE, "anna", "tools/call", "destroy", DIGEST),
                new SealContext(
                        Purpose.REQUEST_STATE, "anna", "tools/call", "deploy", SealContext.digestOf(new byte[0])),
                new SealContext(Purpose.REQUEST_STATE, "annat", "ools/call", "deploy", DIGEST),
                new SealContext(Purpose.REQUEST_STATE, "anna", "tools/calldeploy", "", DIGEST),
                SealContext.of(Purpose.REQUEST_STATE, "anna", "tools/call", "deploy"));
    }

    @ParameterizedTest
    @MethodSource("otherBonds")
    void doesNotOpenUnderAnotherBond(SealContext other) {
        assertThat(seal.open(seal.seal(PAYLOAD, BOND, LIFE), other)).isEmpty();
    }

    @Test
    void doesNotOpenWhatHasExpired() {
        var sealed = seal.seal(PAYLOAD, BOND, LIFE);

        assertThat(sealOf(NOW.plus(LIFE).minusMillis(1), secret(1)).open(sealed, BOND))
                .isPresent();
        assertThat(sealOf(NOW.plus(LIFE), secret(1)).open(sealed, BOND)).isEmpty();
    }

    @Test
    void opensWithAnOlderKeyAfterRotation() {
        var sealed = seal.seal(PAYLOAD, BOND, LIFE);
        var rotated = sealOf(NOW, secret(2), secret(1));

        assertThat(rotated.open(sealed, BOND)).isPresent();
        assertThat(seal.open(rotated.seal(PAYLOAD, BOND, LIFE), BOND)).isEmpty();
    }

    @Test
    void doesNotOpenWithoutTheKey() {
        var sealed = seal.seal(PAYLOAD, BOND, LIFE);

        assertThat(sealOf(NOW, secret(2)).open(sealed, BOND)).isEmpty();
        assertThat(new Sealer(KeyRing.generated(), InstantSource.fixed(NOW)).open(sealed, BOND))
                .isEmpty();
    }

    @Test
    void opensWithTheSameGeneratedRingOnly() {
        var generated = new Sealer(KeyRing.generated(), InstantSource.fixed(NOW));

        assertThat(generated.open(generated.seal(PAYLOAD, BOND, LIFE), BOND)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverThrowsForGarbage(long seed) {
        var random = new Random(seed);
        var head = Arrays.copyOf(Base64.getUrlDecoder().decode(seal.seal(PAYLOAD, BOND, LIFE)), 5);

        for (var size = 0; size < 2_000; size++) {
            var garbage = new byte[size];
            random.nextBytes(garbage);
            assertThat(seal.open(new String(garbage, UTF_8), BOND))
                    .as("seed " + seed)
                    .isEmpty();
            assertThat(seal.open(text(garbage), BOND)).as("seed " + seed).isEmpty();
            System.arraycopy(head, 0, garbage, 0, Math.min(size, head.length));
            assertThat(seal.open(text(garbage), BOND)).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void doesNotEvenDecodeWhatIsTooLong() {
        assertThat(seal.open("A".repeat(50_000_000), BOND)).isEmpty();
    }

    @Test
    void expiresAtOnceOrNeverAtTheEndsOfTime() {
        assertThat(seal.open(seal.seal(PAYLOAD, BOND, Duration.ZERO), BOND)).isEmpty();
        assertThat(seal.open(seal.seal(PAYLOAD, BOND, Duration.ofDays(-1)), BOND))
                .isEmpty();
        assertThat(seal.open(seal.seal(PAYLOAD, BOND, Duration.ofDays(100_000)), BOND))
                .isPresent();
    }

    private static Sealer sealOf(Instant now, byte[]... secrets) {
        return new Sealer(KeyRing.of(List.of(secrets)), InstantSource.fixed(now));
    }

    private static SealContext sameBond() {
        return new SealContext(Purpose.REQUEST_STATE, "anna", "tools/call", "deploy", DIGEST.clone());
    }

    private static byte[] secret(int number) {
        var secret = new byte[KeyRing.SECRET_BYTES];
        Arrays.fill(secret, (byte) number);
        return secret;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
