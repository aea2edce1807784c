package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with a function that is slow and needs much memory, so that a stolen hash is expensive to attack.
 * The number of concurrent computations is limited; a method waits for a short time, and then throws
 * {@link io.breakwater.port.PortException.RefusedException} with the reason {@code OVERLOADED}. Thread-safe. Contract:
 * {@code PasswordHasherContract}.
 */
public interface PasswordHasher {

    /** Returns the hash of a password in PHC format, which contains a random salt and the parameters. */
    String hash(String password, CallContext context);

    /**
     * Returns whether the password has this hash. The work is the same if there is no hash, or the text is not one; the
     * result is then false.
     *
     * @param hash a hash in PHC format; null if there is no account
     */
    boolean verify(String password, @Nullable String hash, CallContext context);

    /** Returns whether the hash has other parameters than a new one, so that the password should be hashed again. */
    boolean isOutdated(String hash);
}
