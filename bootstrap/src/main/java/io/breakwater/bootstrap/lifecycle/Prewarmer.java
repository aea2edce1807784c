package io.breakwater.bootstrap.lifecycle;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.security.SecureRandom;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes ready on a second thread what is slow to make ready and every server needs soon: the JDK's logging, whose
 * provider is searched for in every jar; Jackson's mapper, which the schema validator asks for and which asks for
 * calendars; decimals, whose class reckons big powers first; and randomness, which has providers too. Nobody waits for
 * it; who comes first to one of them waits no longer than without it.
 */
public final class Prewarmer {
    private Prewarmer() {}

    /**
     * Begins; returns at once, but for the log: SLF4J gives makeshift loggers to whoever asks while another thread sets
     * it up, so that is done here.
     */
    public static void begin() {
        LoggerFactory.getILoggerFactory();
        var thread = new Thread(Prewarmer::takeIt, "breakwater-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void takeIt() {
        var mapper = JsonMapper.shared();
        var logger = System.getLogger(mapper.getClass().getName());
        logger.log(System.Logger.Level.TRACE, "Ready");
        try {
            MethodHandles.lookup().ensureInitialized(BigDecimal.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public class is open to everybody", e);
        }
        new SecureRandom().nextBytes(new byte[1]);
    }
}
