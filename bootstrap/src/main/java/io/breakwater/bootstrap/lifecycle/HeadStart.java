package io.breakwater.bootstrap.lifecycle;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.security.SecureRandom;

/**
 * Lets the JDK make ready on a second thread what it is slow to make ready and every server needs soon: decimals, whose
 * class reckons big powers first; its logging, whose provider is searched for in every jar; and randomness, which has
 * providers too. Nobody waits for it; who comes first to one of them waits no longer than without it.
 */
public final class HeadStart {
    private HeadStart() {}

    /** Begins; returns at once. */
    public static void begin() {
        var thread = new Thread(HeadStart::takeIt, "breakwater-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void takeIt() {
        try {
            MethodHandles.lookup().ensureInitialized(BigDecimal.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public class is open to everybody", e);
        }
        System.getLogger(HeadStart.class.getName()).log(System.Logger.Level.TRACE, "On its way");
        new SecureRandom().nextBytes(new byte[1]);
    }
}
