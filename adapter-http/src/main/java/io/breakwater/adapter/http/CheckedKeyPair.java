package io.breakwater.adapter.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A certificate and its key that clients can accept.
 *
 * @param files what they were read from
 * @param chain the certificates, our own first
 */
record CheckedKeyPair(KeyPairFiles files, List<X509Certificate> chain) {
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration VERY_SOON = Duration.ofDays(3);

    /** How much of its life a certificate that lives for a few days only may have left before its end is near. */
    private static final int THIRD = 3;

    private static final int TENTH = 10;

    /** How near the end of a certificate is. */
    enum Stage {
        /** Far away. */
        FAR,
        /** Within two weeks. */
        SOON,
        /** Within three days. */
        VERY_SOON,
        /** It has passed. */
        OVER
    }

    /** The pair in the words of Vert.x. */
    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertValue(files.certificates()).setKeyValue(files.key());
    }

    /** The certificate of the chain that expires first. */
    X509Certificate firstToExpire() {
        return chain.stream().min(Comparator.comparing(KeyPairCheck::end)).orElseThrow();
    }

    /** When clients accept the pair no longer. */
    Instant end() {
        return KeyPairCheck.end(firstToExpire());
    }

    /** How near the end is at that moment. */
    Stage stage(Instant now) {
        var left = Duration.between(now, end());
        if (left.isNegative()) {
            return Stage.OVER;
        }
        var life = Duration.between(KeyPairCheck.begin(firstToExpire()), end());
        if (left.compareTo(shorter(VERY_SOON, life.dividedBy(TENTH))) < 0) {
            return Stage.VERY_SOON;
        }
        return left.compareTo(shorter(SOON, life.dividedBy(THIRD))) < 0 ? Stage.SOON : Stage.FAR;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
