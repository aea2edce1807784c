package io.breakwater.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Configures Logback before the settings are known: silent, without a search for XML files, and without output to
 * standard output. The program sets this class as SLF4J's provider, which avoids a search through every jar at start;
 * when another program starts, Logback finds it as a service.
 */
public final class Slf4jProvider extends ContextAwareBase implements Configurator, SLF4JServiceProvider {
    private final LoggerContext loggers = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

    /** Called by the service loader, or by SLF4J. */
    public Slf4jProvider() {}

    /**
     * Selects this provider, also for {@code java.util.logging}; must be called before the first logger is created.
     */
    public static void choose() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, Slf4jProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN"); // otherwise SLF4J prints its provider
        JulConfiguration.choose();
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // With a listener, Logback does not print its own status messages, which would go to standard output.
        context.getStatusManager().add(new NopStatusListener());
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    @Override
    public void initialize() {
        configure(loggers);
        loggers.setMDCAdapter(diagnostics);
        loggers.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99"; // of SLF4J, any 2.0
    }
}
