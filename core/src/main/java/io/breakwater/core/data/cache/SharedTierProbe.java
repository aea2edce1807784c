package io.breakwater.core.data.cache;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;

/**
 * The health check of the shared tier. It is optional: without it the server continues and reports that it is degraded.
 */
public final class SharedTierProbe {
    private SharedTierProbe() {}

    /** Returns the dependency for the health report. */
    public static Dependency of(SharedTier sharedTier, TagVersionStore tags) {
        return new Dependency("cache", Dependency.Need.OPTIONAL, scope -> check(sharedTier, tags), sharedTier.signal());
    }

    private static void check(SharedTier sharedTier, TagVersionStore tags) throws InterruptedException {
        if (sharedTier.ports().store() != null) {
            check(sharedTier.tier(), "The shared cache is not available; this server caches results in memory only.");
        }
        if (sharedTier.ports().bus() != null) {
            check(sharedTier.bus(), "The event bus is not available; other servers notice invalidations late.");
            if (!tags.isConnected()) {
                throw down("The event bus is not connected; this server notices invalidations late.");
            }
        }
    }

    private static void check(ProtectedCall backend, String consequence) throws InterruptedException {
        try {
            backend.check();
        } catch (SharedTierUnavailableException e) {
            throw down(consequence + " " + e.getMessage());
        }
    }

    private static PortException down(String message) {
        return new PortException.UnavailableException(message, null, null);
    }
}
