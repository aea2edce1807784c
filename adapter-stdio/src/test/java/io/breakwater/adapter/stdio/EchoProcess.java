package io.breakwater.adapter.stdio;

import io.breakwater.port.MetricSink;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process of its own that echoes, and chats on System.out meanwhile. */
final class EchoProcess {
    private EchoProcess() {}

    public static void main(String[] args) {
        var transport = StdioTransport.standard();
        System.out.println("not for the client");
        var endpoint = new ScriptedEndpoint().onMessage((inbound, reply) -> {
            System.out.println("nor this");
            reply.answer(ReplyStatus.RESULT, quoted(inbound.body()));
        });
        transport.start(new Transport.Host(endpoint, List.of(), MetricSink.none()));
    }

    private static byte[] quoted(byte[] body) {
        return ("<" + new String(body, StandardCharsets.UTF_8) + ">").getBytes(StandardCharsets.UTF_8);
    }
}
