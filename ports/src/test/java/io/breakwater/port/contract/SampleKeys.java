package io.breakwater.port.contract;

import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.support.Sha256;
import java.time.Duration;

/** Keys for tests. */
public final class SampleKeys {
    private SampleKeys() {}

    /** A key that lasts a day. */
    public static IdempotencyKey key(String text, String arguments) {
        return key(text, arguments, Duration.ofDays(1));
    }

    /** A key that lasts this long. */
    public static IdempotencyKey key(String text, String arguments, Duration retention) {
        return new IdempotencyKey(Sha256.hex(text), "sample", Sha256.hex(arguments), retention);
    }
}
