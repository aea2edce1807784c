package io.breakwater.core.data.cache;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.CacheStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A store that fails as its test requires. Thread-safe. */
public final class FailingStore implements CacheStore {
    private final CacheStore real;
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger puts = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile FailureMode mode = FailureMode.NONE;
    private volatile UnaryOperator<byte[]> distortion = UnaryOperator.identity();

    public enum FailureMode {
        NONE,
        /** Says that it cannot be reached. */
        DOWN,
        /** Answers reads and refuses writes. */
        READ_ONLY,
        /** Throws what no port may throw. */
        BROKEN,
        /** Never answers, not even when it is interrupted. */
        FROZEN
    }

    /** In front of that one. */
    public FailingStore(CacheStore real) {
        this.real = real;
    }

    public void become(FailureMode next) {
        mode = next;
    }

    /** What is read from now on is not what was written. */
    public void distort(UnaryOperator<byte[]> next) {
        distortion = next;
    }

    public static UnaryOperator<byte[]> garbage() {
        return value -> "\u0000not ours".getBytes(StandardCharsets.UTF_8);
    }

    public static UnaryOperator<byte[]> huge() {
        return value -> new byte[8 << 20];
    }

    public static UnaryOperator<byte[]> always(byte[] other) {
        return value -> other;
    }

    public int gets() {
        return gets.get();
    }

    public int puts() {
        return puts.get();
    }

    private void behave() {
        switch (mode) {
            case NONE, READ_ONLY -> {}
            case DOWN -> throw new PortException.UnavailableException("The store is down.", null, null);
            case BROKEN -> throw new IllegalStateException("The store is broken.");
            case FROZEN -> freeze();
        }
    }

    private void freeze() {
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException ignored) {
                Thread.currentThread().isInterrupted(); // frozen
            }
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        if (!key.equals("probe")) {
            gets.incrementAndGet();
        }
        behave();
        return real.get(key).map(distortion);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
        if (!key.equals("probe")) {
            puts.incrementAndGet();
        }
        behave();
        if (mode == FailureMode.READ_ONLY) {
            throw new PortException.UnavailableException("The store takes no writes.", null, null);
        }
        real.put(key, value, ttl);
    }

    @Override
    public void remove(String key) {
        behave();
        real.remove(key);
    }

    /** Releases all calls that are frozen. */
    public void end() {
        never.countDown();
    }
}
