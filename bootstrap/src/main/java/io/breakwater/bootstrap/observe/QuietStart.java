package io.breakwater.bootstrap.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;

/**
 * How Logback is set up before the settings are known: silent. It is found as a service, and keeps Logback from looking
 * for XML files and from writing to standard output meanwhile.
 */
public final class QuietStart extends ContextAwareBase implements Configurator {

    /** Made by the service loader. */
    public QuietStart() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // With a listener there, what Logback says of itself is not printed, which would be to standard output.
        context.getStatusManager().add(new NopStatusListener());
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
