package io.breakwater.bootstrap.account;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with argon2id. At most two computations run at the same time, because each takes 19 MiB; others wait
 * for a second. Passwords are compared in Unicode normalization form NFC, because keyboards differ.
 */
@OutageBehavior(
        guard = "login",
        dependency = GuardDependency.THREADS,
        failure = "busy with passwords",
        effect = OutageEffect.DENY,
        behavior = "Beyond two passwords at a time, a login waits for a second and then ends with `OVERLOADED`, which "
                + "counts as no failure.",
        recovery = "Logins are checked when others have been.",
        signal = "`mcp_errors_total{error_type=\"overloaded\"}`",
        details = "accounts.md#accounts")
public final class Argon2PasswordHasher implements PasswordHasher {
    static final int MAX_COMPUTATIONS = 2;

    private static final Duration MAX_WAIT = Duration.ofSeconds(1);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Parameters parameters;
    private final HashFunction function;
    private final Duration maxWait;
    private final Semaphore computations = new Semaphore(MAX_COMPUTATIONS, true);
    private final SecureRandom random = new SecureRandom();
    private final byte[] unknownSalt = randomSalt();

    /** Creates a hasher with the recommended parameters. */
    public Argon2PasswordHasher() {
        this(Argon2Parameters.RECOMMENDED, Argon2Parameters::hash, MAX_WAIT);
    }

    Argon2PasswordHasher(Argon2Parameters parameters, HashFunction function, Duration maxWait) {
        this.parameters = parameters;
        this.function = function;
        this.maxWait = maxWait;
    }

    /** Computes a hash; see {@link Argon2Parameters#hash}. */
    @FunctionalInterface
    interface HashFunction {
        byte[] hash(Argon2Parameters parameters, byte[] password, byte[] salt, int length);
    }

    @Override
    public String hash(String password, CallContext context) {
        var salt = randomSalt();
        var hash = compute(() -> function.hash(parameters, bytes(password), salt, HASH_BYTES), context);
        return new PhcHash(parameters, salt, hash).text();
    }

    @Override
    public boolean verify(String password, @Nullable String hash, CallContext context) {
        var stored = hash == null ? null : PhcHash.parse(hash).orElse(null);
        if (stored == null) {
            var unused = compute(() -> function.hash(parameters, bytes(password), unknownSalt, HASH_BYTES), context);
            return false;
        }
        var computed = compute(
                () -> function.hash(stored.parameters(), bytes(password), stored.salt(), stored.hash().length),
                context);
        return MessageDigest.isEqual(computed, stored.hash());
    }

    @Override
    public boolean isOutdated(String hash) {
        var stored = PhcHash.parse(hash).orElse(null);
        return stored == null
                || !stored.parameters().equals(parameters)
                || stored.salt().length < SALT_BYTES
                || stored.hash().length < HASH_BYTES;
    }

    private byte[] compute(Supplier<byte[]> computation, CallContext context) {
        acquire(context);
        try {
            return computation.get();
        } finally {
            computations.release();
        }
    }

    private void acquire(CallContext context) {
        var wait = context.remaining().compareTo(maxWait) < 0 ? context.remaining() : maxWait;
        try {
            if (!computations.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PortException.RefusedException(
                        Reason.OVERLOADED, "Too many passwords are checked at the same time. Retry in a second.", null);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PortException.DeadlineExceededException("The call ended before the password was checked.", null);
        }
    }

    private byte[] randomSalt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
