package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A legacy message whose session is not known yet.
 *
 * @param method the method, or empty
 * @param rejector replies to a message that is rejected
 */
record LegacyMessage(
        String method,
        IncomingMessage inbound,
        Principal principal,
        Reply reply,
        Consumer<RejectedMessageException> rejector) {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyMessage.class);

    /** A step in the handling of a message. */
    @FunctionalInterface
    interface Step {
        void run() throws RejectedMessageException;
    }

    /** Runs a step, and rejects the message if the step fails in one of the expected ways. */
    void attempt(Step step) {
        try {
            step.run();
        } catch (RejectedMessageException rejection) {
            rejector.accept(rejection);
        } catch (McpException error) {
            rejector.accept(new RejectedMessageException(ReplyStatus.RESULT, error));
        } catch (PortException failure) {
            LOG.warn("The session of a message could not be accessed: {}", failure.getMessage(), failure.getCause());
            rejector.accept(RefusalMapping.rejection(RefusalMapping.storeOutage(failure)));
        }
    }
}
