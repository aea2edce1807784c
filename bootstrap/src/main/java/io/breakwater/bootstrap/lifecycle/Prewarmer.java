package io.breakwater.bootstrap.lifecycle;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.security.SecureRandom;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Initializes slow classes that every server needs soon, on a second thread: the JDK's logging, which searches every
 * jar for its provider; Jackson's mapper, which the schema validator needs and which loads calendars;
 * {@code BigDecimal}, which computes large powers first; and random numbers, which have providers too. No thread waits
 * for it; a thread that needs one of these classes first waits no longer than without it.
 */
public final class Prewarmer {
    private Prewarmer() {}

    /**
     * Starts the thread and returns. It initializes SLF4J first, on the calling thread, because SLF4J returns
     * substitute loggers while another thread initializes it.
     */
    public static void begin() {
        LoggerFactory.getILoggerFactory();
        var thread = new Thread(Prewarmer::initialize, "breakwater-prewarmer");
        thread.setDaemon(true);
        thread.start();
    }

    private static void initialize() {
        var mapper = JsonMapper.shared();
        var logger = System.getLogger(mapper.getClass().getName());
        logger.log(System.Logger.Level.TRACE, "Ready");
        try {
            MethodHandles.lookup().ensureInitialized(BigDecimal.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public class must be accessible", e);
        }
        new SecureRandom().nextBytes(new byte[1]);
    }
}
