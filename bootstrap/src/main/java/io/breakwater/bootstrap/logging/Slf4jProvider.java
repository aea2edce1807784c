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
 * How Logback is set up before the settings are known: silent, without looking for XML files, and without writing to
 * standard output. This program names it as SLF4J's provider, which spares a start the search through every jar; where
 * others start, Logback finds it as a service.
 */
public final class Slf4jProvider extends ContextAwareBase implements Configurator, SLF4JServiceProvider {
    private final LoggerContext loggers = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

    /** Made by the service loader, or by SLF4J. */
    public Slf4jProvider() {}

    /** Before the first logger is made. */
    public static void choose() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, Slf4jProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN"); // or it would tell of its provider
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // With a listener there, what Logback says of itself is not printed, which would be to standard output.
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
