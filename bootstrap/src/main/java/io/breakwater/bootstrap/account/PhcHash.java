package io.breakwater.bootstrap.account;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An argon2id hash in PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}. The parameters are part
 * of the text, so hashes with other parameters remain valid when the parameters of new ones change.
 *
 * @param salt 8 to 64 bytes; not copied
 * @param hash 16 to 64 bytes; not copied
 */
record PhcHash(Argon2Parameters parameters, byte[] salt, byte[] hash) {
    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** Parses a hash; empty if the text is not one, or its parameters are out of bounds. */
    static Optional<PhcHash> parse(String text) {
        var matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            var parameters =
                    new Argon2Parameters(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            var decoder = Base64.getDecoder();
            return Optional.of(
                    new PhcHash(parameters, decoder.decode(matcher.group(3)), decoder.decode(matcher.group(4))));
        } catch (IllegalArgumentException outOfBounds) {
            return Optional.empty();
        }
    }

    /** Returns the text. */
    String text() {
        var encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + parameters.memoryKiB() + ",t=" + parameters.iterations() + ",p="
                + Argon2Parameters.PARALLELISM + "$" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(hash);
    }
}
