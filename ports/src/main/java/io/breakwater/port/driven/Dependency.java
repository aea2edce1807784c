package io.breakwater.port.driven;

import io.breakwater.port.CallContext;

/**
 * Something outside the process that the server leans on, and a way to ask whether it is there. An adapter offers one
 * for what it connects to; an application registers its own beside them. The health report shows every one; only a
 * {@link Need#REQUIRED} one that is down keeps clients away.
 *
 * @param name how operators know it, unique within a server: {@code database}
 * @param need what becomes of the server without it
 * @param probe asks it
 * @param signal requests a probe before the next one is due
 */
public record Dependency(String name, Need need, Probe probe, CheckSignal signal) {

    /** Refuses a name that no report could show. */
    public Dependency {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A dependency needs a name, such as \"database\".");
        }
    }

    /** One that is probed at regular intervals alone. */
    public Dependency(String name, Need need, Probe probe) {
        this(name, need, probe, new CheckSignal());
    }

    /** Without it the server is not ready. */
    public static Dependency required(String name, Probe probe) {
        return new Dependency(name, Need.REQUIRED, probe);
    }

    /** Without it the server does less, and says so. */
    public static Dependency optional(String name, Probe probe) {
        return new Dependency(name, Need.OPTIONAL, probe);
    }

    /** What becomes of the server without a dependency. */
    public enum Need {
        /** It can do nothing useful. */
        REQUIRED,
        /** It goes on with less. */
        OPTIONAL
    }

    /** Asks a dependency whether it is there. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Returns when the dependency has answered. May block: it is called on a thread that can wait, never twice at a
         * time, and is interrupted when the scope's time is over.
         *
         * @throws Exception when it is down; the message of a {@link io.breakwater.port.PortException} is shown to
         *     operators, the others' are only logged
         */
        void probe(CallContext scope) throws Exception;
    }
}
