package io.breakwater.bootstrap.bench.micro;

import java.nio.charset.StandardCharsets;

/** What the load generators send, too. */
final class Messages {
    static final byte[] INITIALIZE = utf8(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"load\",\"version\":\"1\"}}}");
    static final byte[] LEGACY = call("");
    static final byte[] MODERN = call(",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"load\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}");

    private Messages() {}

    private static byte[] call(String meta) {
        return utf8("{\"jsonrpc\":\"2.0\",\"id\":100000001,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                + "\"arguments\":{\"message\":\"hello world\"}" + meta + "}}");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
