package io.breakwater.port.contract;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** An endpoint that does with a message what the test says; without a word from the test it echoes. */
public final class ScriptedEndpoint implements McpEndpoint {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile BiConsumer<IncomingMessage, Reply> onMessage =
            (inbound, reply) -> reply.answer(ReplyStatus.RESULT, inbound.body());
    private volatile ToLongFunction<byte[]> weigher = body -> 0;
    private volatile BiConsumer<IncomingMessage, Reply> onListen = (inbound, reply) -> {};
    private volatile BiConsumer<IncomingMessage, Reply> onEnd =
            (inbound, reply) -> reply.answer(ReplyStatus.ENDED, null);

    /** An endpoint that echoes. */
    public ScriptedEndpoint() {}

    /** What to do with each message from now on. */
    public ScriptedEndpoint onMessage(BiConsumer<IncomingMessage, Reply> script) {
        onMessage = script;
        return this;
    }

    /** What to do when a client begins to listen. */
    public ScriptedEndpoint onListen(BiConsumer<IncomingMessage, Reply> script) {
        onListen = script;
        return this;
    }

    /** Sets what to do when a client ends its session. */
    public ScriptedEndpoint onEnd(BiConsumer<IncomingMessage, Reply> script) {
        onEnd = script;
        return this;
    }

    /** What a message occupies once it is parsed. */
    public ScriptedEndpoint weighing(ToLongFunction<byte[]> weigher) {
        this.weigher = weigher;
        return this;
    }

    /** Opens when a connection was closed. */
    public CountDownLatch closed() {
        return closed;
    }

    @Override
    public long parsedWeight(byte[] body) {
        return weigher.applyAsLong(body);
    }

    @Override
    public void message(IncomingMessage inbound, Reply reply) {
        onMessage.accept(inbound, reply);
    }

    @Override
    public void listen(IncomingMessage inbound, Reply reply) {
        onListen.accept(inbound, reply);
    }

    @Override
    public void end(IncomingMessage inbound, Reply reply) {
        onEnd.accept(inbound, reply);
    }

    @Override
    public void closed(Channel.Connection connection) {
        closed.countDown();
    }

    /** What a transport serves: this endpoint, for anonymous callers. */
    public Transport.Host host() {
        return new Transport.Host(this, List.of(), MetricSink.none());
    }
}
