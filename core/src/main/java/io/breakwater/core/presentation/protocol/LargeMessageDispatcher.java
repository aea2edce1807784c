package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.mcp.McpException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles large messages in the CPU pool. Parsing a megabyte takes milliseconds, during which an event loop could not
 * serve its other clients. Messages on a lasting connection are handled on their own thread, which preserves their
 * order.
 */
@OutageBehavior(
        guard = "large messages",
        dependency = GuardDependency.THREADS,
        failure = "without a place in the CPU pool",
        effect = OutageEffect.DEGRADE,
        behavior =
                "The message is parsed on the thread on which it arrived, which delays the other connections of this "
                        + "thread for milliseconds.",
        recovery = "Messages return to the pool when it has room.",
        signal = "health cause `cpu`",
        details = "overload.md#cpu-and-downstream-systems")
public final class LargeMessageDispatcher implements McpEndpoint {
    /**
     * The size in bytes from which messages move to the CPU pool. Parsing a shorter message takes less time than a
     * change of threads on a busy machine.
     */
    static final int THRESHOLD = 32 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LargeMessageDispatcher.class);

    private final McpEndpoint endpoint;
    private final Executor cpuPool;

    /** Creates the filter in front of that endpoint. */
    public LargeMessageDispatcher(McpEndpoint endpoint, Executor cpuPool) {
        this.endpoint = endpoint;
        this.cpuPool = cpuPool;
    }

    @Override
    public long parsedWeight(byte[] body) {
        return endpoint.parsedWeight(body);
    }

    @Override
    public void message(IncomingMessage inbound, Reply reply) {
        if (inbound.body().length < THRESHOLD || inbound.channel() instanceof Channel.Connection) {
            endpoint.message(inbound, reply);
            return;
        }
        inbound.memory().retain();
        try {
            cpuPool.execute(() -> handle(inbound, reply));
        } catch (RejectedExecutionException rejected) {
            handle(inbound, reply);
        }
    }

    private void handle(IncomingMessage inbound, Reply reply) {
        try {
            endpoint.message(inbound, reply);
        } catch (RuntimeException fault) {
            LOG.error("A message could not be handled", fault);
            reply.answer(
                    ReplyStatus.RESULT, MessageWriter.error(null, McpException.INTERNAL_ERROR, "Internal error", null));
        } finally {
            inbound.memory().release();
        }
    }

    @Override
    public void listen(IncomingMessage inbound, Reply reply) {
        endpoint.listen(inbound, reply);
    }

    @Override
    public void end(IncomingMessage inbound, Reply reply) {
        endpoint.end(inbound, reply);
    }

    @Override
    public void closed(Channel.Connection connection) {
        endpoint.closed(connection);
    }
}
