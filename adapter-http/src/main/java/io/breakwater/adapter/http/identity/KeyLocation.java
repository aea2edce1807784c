package io.breakwater.adapter.http.identity;

import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.support.SecretStrength;
import io.breakwater.port.support.SettingChecks;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where the keys of an issuer are. */
public sealed interface KeyLocation {

    /** Refuses an issuer and algorithms that do not fit. */
    void check(String issuer, Set<SigningAlgorithm> algorithms);

    /**
     * The issuer and the server share a secret.
     *
     * @param secret at least 32 random bytes; not copied. The text form does not contain it
     */
    record SharedSecret(byte[] secret) implements KeyLocation {
        /** Refuses a secret that can be guessed. */
        public SharedSecret {
            SecretStrength.weakness(notNull(secret, "KeyLocation.SharedSecret.secret"))
                    .ifPresent(weakness -> SettingChecks.check(
                            false,
                            "secret must be hard to guess, but it " + weakness + "; " + SecretStrength.REMEDY + "."));
        }

        @Override
        public void check(String issuer, Set<SigningAlgorithm> algorithms) {
            SettingChecks.check(
                    algorithms.equals(Set.of(SigningAlgorithm.HS256)),
                    "algorithms must be HS256 only, because the key is a shared secret.");
        }

        @Override
        public String toString() {
            return "SharedSecret[secret=******]";
        }
    }

    /**
     * The issuer publishes its keys at a known address (JWKS, RFC 7517).
     *
     * @param uri an https URL; http is allowed on this machine
     */
    record KeySet(URI uri) implements KeyLocation {
        /** Refuses other schemes. */
        public KeySet {
            checkUrl(notNull(uri, "KeyLocation.KeySet.uri"), "uri");
        }

        @Override
        public void check(String issuer, Set<SigningAlgorithm> algorithms) {
            checkKeyPairs(algorithms);
        }
    }

    /** The metadata of the issuer (RFC 8414, OpenID Connect Discovery) contain the address of its keys. */
    record Metadata() implements KeyLocation {
        @Override
        public void check(String issuer, Set<SigningAlgorithm> algorithms) {
            checkKeyPairs(algorithms);
            var uri = SecureUrl.parse(issuer);
            SettingChecks.check(
                    uri != null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                    "issuer must be an https URL without query and fragment, because its metadata are requested there.");
        }
    }

    private static void checkKeyPairs(Set<SigningAlgorithm> algorithms) {
        SettingChecks.check(
                !algorithms.isEmpty() && !algorithms.contains(SigningAlgorithm.HS256),
                "algorithms must not be empty, and must not contain HS256, because the issuer publishes its keys.");
    }

    private static void checkUrl(URI uri, String component) {
        SettingChecks.check(
                SecureUrl.isSecure(uri),
                component.toLowerCase(Locale.ROOT) + " must be an https URL with a host name.");
    }
}
