package io.breakwater.bootstrap.bench.micro;

import io.breakwater.bootstrap.bench.EchoServer;
import io.breakwater.bootstrap.bench.Guard;
import io.breakwater.bootstrap.bench.GuardedServer;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.sample.files.Scratch;
import io.breakwater.server.Breakwater;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What authentication and access rules add to a call: the identity of its sender, and the whole call with both. */
@State(Scope.Benchmark)
public class GuardBenchmark {
    private static final RemotePeer PEER = new RemotePeer("127.0.0.1");

    private final Path folder = Scratch.folder("breakwater-bench");
    private final Breakwater unguarded = EchoServer.server();
    private final Breakwater withKeys = server(Guard.KEY);
    private final Breakwater withTokens = server(Guard.TOKEN);
    private final Breakwater wholeGuard = server(Guard.WHOLE);
    private final Breakwater audited = server(Guard.AUDITED);
    private final HeaderFields key = fields(GuardedServer.credential(Guard.KEY));
    private final HeaderFields token = fields(GuardedServer.credential(Guard.TOKEN));

    /** Verifies the token, so that its signature is known from now on. */
    @Setup
    public void verifyToken() {
        if (!(withTokens.host().authenticate(token, PEER).toCompletableFuture().join() instanceof Authenticated)) {
            throw new IllegalStateException("the token is not valid");
        }
    }

    /** The sender of a call with an API key. */
    @Benchmark
    public Authentication apiKey() {
        return withKeys.host().authenticate(key, PEER).toCompletableFuture().join();
    }

    /** The sender of a call with an ES256 token that was verified before. */
    @Benchmark
    public Authentication verifiedToken() {
        return withTokens.host().authenticate(token, PEER).toCompletableFuture().join();
    }

    /** A call without authentication and rules. */
    @Benchmark
    public byte[] callUnguarded() {
        return call(unguarded, key);
    }

    /** A call with an API key and rules. */
    @Benchmark
    public byte[] callWithApiKey() {
        return call(withKeys, key);
    }

    /** A call with a verified token and rules. */
    @Benchmark
    public byte[] callWithToken() {
        return call(withTokens, token);
    }

    /** A call with an API key and everything else that guards calls and needs no other system. */
    @Benchmark
    public byte[] callWithWholeGuard() {
        return call(wholeGuard, key);
    }

    /** The same with an audit log, which another thread writes. */
    @Benchmark
    public byte[] callAudited() {
        return call(audited, key);
    }

    /** Ends the servers. */
    @TearDown
    public void close() {
        unguarded.close();
        withKeys.close();
        withTokens.close();
        wholeGuard.close();
        audited.close();
        Scratch.delete(folder);
    }

    private Breakwater server(Guard guard) {
        return GuardedServer.server(guard, folder);
    }

    private static byte[] call(Breakwater server, HeaderFields fields) {
        var host = server.host();
        var answer = host.authenticate(fields, PEER).toCompletableFuture().join();
        if (!(answer instanceof Authenticated sender)) {
            throw new IllegalStateException("not authenticated: " + answer);
        }
        var reply = new LastAnswer();
        host.endpoint().message(new IncomingMessage(Messages.MODERN, fields, sender, PEER, Channel.EXCHANGE), reply);
        return reply.message();
    }

    private static HeaderFields fields(String credential) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        Map.of(
                        "MCP-Protocol-Version", "2026-07-28",
                        "Mcp-Method", "tools/call",
                        "Mcp-Name", "echo",
                        "Authorization", "Bearer " + credential)
                .forEach((name, value) -> values.put(name, List.of(value)));
        return name -> values.getOrDefault(name, List.of());
    }
}
