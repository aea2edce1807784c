package io.breakwater.bootstrap.bench.micro;

import io.breakwater.bootstrap.bench.EchoServer;
import io.breakwater.bootstrap.bench.peer.BareAnswer;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole call from the bytes of its message to the bytes of its answer: everything but the transport. */
@State(Scope.Benchmark)
public class CallBenchmark {
    private static final RemotePeer PEER = new RemotePeer("127.0.0.1");

    private final Breakwater server = EchoServer.server();
    private final IncomingMessage inSession = legacy(session());
    private final IncomingMessage stateless = modern();

    /** Reads the message as a tree and writes the answer. */
    @Benchmark
    public byte[] bareLegacy() {
        return BareAnswer.to(Messages.LEGACY);
    }

    /** The same with the longer message of 2026-07-28. */
    @Benchmark
    public byte[] bareModern() {
        return BareAnswer.to(Messages.MODERN);
    }

    /** All that the server does, in a session of 2025-11-25. */
    @Benchmark
    public byte[] oursLegacy() {
        return answer(inSession);
    }

    /** All that the server does, stateless, of 2026-07-28. */
    @Benchmark
    public byte[] oursModern() {
        return answer(stateless);
    }

    /** Ends the server. */
    @TearDown
    public void close() {
        server.close();
    }

    private byte[] answer(IncomingMessage inbound) {
        var reply = new LastAnswer();
        server.host().endpoint().message(inbound, reply);
        return reply.message();
    }

    private String session() {
        var reply = new LastAnswer();
        server.host().endpoint().message(inbound(Messages.INITIALIZE, Map.of()), reply);
        if (reply.status() instanceof ReplyStatus.Result(@Nullable String session) && session != null) {
            return session;
        }
        throw new IllegalStateException("no session: " + reply.status());
    }

    private static IncomingMessage legacy(String session) {
        return inbound(Messages.LEGACY, Map.of("MCP-Protocol-Version", "2025-11-25", "Mcp-Session-Id", session));
    }

    private static IncomingMessage modern() {
        return inbound(
                Messages.MODERN,
                Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "echo"));
    }

    private static IncomingMessage inbound(byte[] body, Map<String, String> given) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> values.put(name, List.of(value)));
        HeaderFields fields = name -> values.getOrDefault(name, List.of());
        return new IncomingMessage(body, fields, Authenticated.ANONYMOUS, PEER, Channel.EXCHANGE);
    }
}
