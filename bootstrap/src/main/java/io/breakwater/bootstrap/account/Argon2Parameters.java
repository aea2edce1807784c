package io.breakwater.bootstrap.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;

/**
 * The cost of an argon2id hash (RFC 9106). The bounds keep a manipulated hash from using up the memory.
 *
 * @param memoryKiB the memory of one computation, 8 KiB to 64 MiB
 * @param iterations the number of passes over the memory, 1 to 16
 */
record Argon2Parameters(int memoryKiB, int iterations) {
    /** What OWASP recommends: 19 MiB, two passes, no parallelism. */
    static final Argon2Parameters RECOMMENDED = new Argon2Parameters(19 * 1024, 2);

    /** A hash is computed on the thread of its caller. */
    static final int PARALLELISM = 1;

    private static final int MAX_MEMORY_KIB = 64 * 1024;
    private static final int MAX_ITERATIONS = 16;

    Argon2Parameters {
        if (memoryKiB < 8 || memoryKiB > MAX_MEMORY_KIB || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("The parameters of the hash are out of bounds.");
        }
    }

    /** Computes a hash of this length in bytes. */
    byte[] hash(byte[] password, byte[] salt, int length) {
        return Argon2Function.getInstance(
                        memoryKiB, iterations, PARALLELISM, length, Argon2.ID, Argon2Function.ARGON2_VERSION_13)
                .hash(password, salt)
                .getBytes();
    }
}
