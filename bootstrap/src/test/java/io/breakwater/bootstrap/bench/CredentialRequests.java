package io.breakwater.bootstrap.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Requests to {@code echo} that differ in their credentials only. */
record CredentialRequests(CredentialKind.Source source, int port) {
    private static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
                    + "\"arguments\":{\"message\":\"hello world\"},"
                    + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"load\",\"version\":\"1\"},"
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

    /** Returns the bytes of a request. */
    byte[] request(CredentialKind kind, long number) {
        var text = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                + "Mcp-Method: tools/call\r\nMcp-Name: echo\r\nContent-Length: " + BODY.length() + "\r\n"
                + kind.fields(source, number) + "\r\n" + BODY;
        return text.getBytes(US_ASCII);
    }
}
