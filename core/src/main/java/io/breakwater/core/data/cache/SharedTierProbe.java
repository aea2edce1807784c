package io.breakwater.core.data.cache;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;

/** What lies beyond the process as a dependency: without it a server goes on, and says that it does less. */
public final class SharedTierProbe {
    private SharedTierProbe() {}

    /** Asks these. */
    public static Dependency of(SharedTier beyond, TagVersionStore tags) {
        return new Dependency("cache", Dependency.Need.OPTIONAL, scope -> check(beyond, tags), beyond.signal());
    }

    private static void check(SharedTier beyond, TagVersionStore tags) throws InterruptedException {
        if (beyond.ports().store() != null) {
            check(beyond.tier(), "The shared cache cannot be used; results are kept in memory alone.");
        }
        if (beyond.ports().bus() != null) {
            check(beyond.bus(), "The event bus cannot be used; other servers learn late what is no longer true.");
            if (!tags.hears()) {
                throw down("The event bus is not connected; this server learns late what is no longer true.");
            }
        }
    }

    private static void check(ProtectedCall side, String consequence) throws InterruptedException {
        try {
            side.check();
        } catch (SharedTierUnavailableException e) {
            throw down(consequence + " " + e.getMessage());
        }
    }

    private static PortException down(String message) {
        return new PortException.UnavailableException(message, null, null);
    }
}
