package io.breakwater.bootstrap.logging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Forwards the lines of {@code java.util.logging}, which PostgreSQL's JDBC driver uses, to SLF4J. The JDK creates an
 * instance when a library first uses {@code java.util.logging}, so a server without a database never starts it.
 */
public final class JulConfiguration {
    /** Below INFO, the driver would format a line for each message of its protocol. */
    private static final String PROPERTIES =
            "handlers=" + SLF4JBridgeHandler.class.getName() + System.lineSeparator() + ".level=INFO";

    /** Called by the JDK. */
    public JulConfiguration() throws IOException {
        var properties = PROPERTIES.getBytes(StandardCharsets.ISO_8859_1);
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(properties));
    }

    /** Selects this configuration; must be called before a library uses {@code java.util.logging}. */
    static void choose() {
        System.setProperty("java.util.logging.config.class", JulConfiguration.class.getName());
    }
}
