package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.io.Serial;

/**
 * A system outside the process that the server uses, with a probe for its availability. Adapters supply one for each
 * system that they connect to; an application registers its own in addition. The health report shows all of them; the
 * server is not ready while a {@link Need#REQUIRED} one is unavailable.
 *
 * @param name its name for operators, unique within a server: {@code database}
 * @param need how the server depends on it
 * @param probe checks its availability
 * @param signal requests a probe before the next one is due
 */
public record Dependency(String name, Need need, Probe probe, CheckSignal signal) {

    /** Refuses a blank name. */
    public Dependency {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A dependency needs a name, such as \"database\".");
        }
    }

    /** Creates a dependency that is probed at regular intervals only. */
    public Dependency(String name, Need need, Probe probe) {
        this(name, need, probe, new CheckSignal());
    }

    /** Creates a dependency without which the server is not ready. */
    public static Dependency required(String name, Probe probe) {
        return new Dependency(name, Need.REQUIRED, probe);
    }

    /** Creates a dependency without which the server is degraded. */
    public static Dependency optional(String name, Probe probe) {
        return new Dependency(name, Need.OPTIONAL, probe);
    }

    /** How the server depends on a system. */
    public enum Need {
        /** Without it the server is not ready. */
        REQUIRED,
        /** Without it the server is degraded. */
        OPTIONAL
    }

    /**
     * A probe throws it while it is not known whether the dependency is available, for example before the first answer. The
     * latest known state remains.
     */
    public static final class UnknownStateException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Creates the exception. */
        public UnknownStateException() {}
    }

    /** Checks the availability of a dependency. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Returns when the dependency has responded. May block: the server calls it on a thread that can wait, never
         * concurrently, and interrupts it when the deadline of the context has passed.
         *
         * @throws UnknownStateException when it is not known yet whether it is available
         * @throws Exception when it is unavailable; operators see the message of a
         *     {@link io.breakwater.port.PortException}, and other messages appear in the log only
         */
        void probe(CallContext context) throws Exception;
    }
}
