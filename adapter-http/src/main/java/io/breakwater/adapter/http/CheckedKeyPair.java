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
 * @param files the content of the two files
 * @param chain the certificates, the server's own first
 */
record CheckedKeyPair(KeyPairFiles files, List<X509Certificate> chain) {
    private static final Duration EXPIRES_SOON = Duration.ofDays(14);
    private static final Duration EXPIRES_VERY_SOON = Duration.ofDays(3);

    /** For certificates with a short validity, the fraction of the validity that is left when a stage begins. */
    private static final int THIRD = 3;

    private static final int TENTH = 10;

    /** The stages before the expiry of a certificate. */
    enum Stage {
        /** The certificate expires in more than two weeks. */
        VALID,
        /** It expires within two weeks. */
        EXPIRES_SOON,
        /** It expires within three days. */
        EXPIRES_VERY_SOON,
        /** It has expired. */
        EXPIRED
    }

    /** Returns the pair as an option of Vert.x. */
    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertValue(files.certificates()).setKeyValue(files.key());
    }

    /** Returns the certificate of the chain that expires first. */
    X509Certificate firstToExpire() {
        return chain.stream().min(Comparator.comparing(KeyPairCheck::end)).orElseThrow();
    }

    /** Returns the time from which clients refuse the pair. */
    Instant end() {
        return KeyPairCheck.end(firstToExpire());
    }

    /** Returns the stage at a moment. */
    Stage stage(Instant now) {
        var left = Duration.between(now, end());
        if (left.isNegative()) {
            return Stage.EXPIRED;
        }
        var validity = Duration.between(KeyPairCheck.begin(firstToExpire()), end());
        if (left.compareTo(shorter(EXPIRES_VERY_SOON, validity.dividedBy(TENTH))) < 0) {
            return Stage.EXPIRES_VERY_SOON;
        }
        return left.compareTo(shorter(EXPIRES_SOON, validity.dividedBy(THIRD))) < 0 ? Stage.EXPIRES_SOON : Stage.VALID;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
