package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A {@link PasswordHasher} for tests that is fast, and therefore not safe. Thread-safe. */
public final class FastPasswordHasher implements PasswordHasher {
    private static final String PREFIX = "$fast$";

    private final AtomicInteger computations = new AtomicInteger();
    private volatile boolean overloaded;
    private volatile boolean outdated;

    /** Creates a hasher. */
    public FastPasswordHasher() {}

    /** Returns the number of hashes that were computed. */
    public int computations() {
        return computations.get();
    }

    /** From now on, every computation is refused, or not. */
    public void overloaded(boolean refused) {
        overloaded = refused;
    }

    /** From now on, every hash has outdated parameters, or not. */
    public void outdated(boolean all) {
        outdated = all;
    }

    @Override
    public String hash(String password, CallContext scope) {
        return PREFIX + digest(UUID.randomUUID().toString(), password);
    }

    @Override
    public boolean verify(String password, @Nullable String hash, CallContext scope) {
        var salt = hash == null || !hash.startsWith(PREFIX)
                ? "none"
                : hash.substring(PREFIX.length(), hash.lastIndexOf('$'));
        return (PREFIX + digest(salt, password)).equals(hash);
    }

    @Override
    public boolean isOutdated(String hash) {
        return outdated || !hash.startsWith(PREFIX);
    }

    private String digest(String salt, String password) {
        if (overloaded) {
            throw new PortException.RefusedException(Reason.OVERLOADED, "Too many passwords.", null);
        }
        computations.incrementAndGet();
        try {
            var bytes = (salt + "$" + password).getBytes(StandardCharsets.UTF_8);
            return salt + "$"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
