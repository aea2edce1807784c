package io.breakwater.bootstrap.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The bytes of {@code tools/call} over HTTP, for loads that write HTTP by hand. */
record CallRequest(int port) {

    /**
     * Returns the bytes of a request.
     *
     * @param params the other members of {@code params}, such as {@code "arguments":{}}
     * @param meta further members of {@code _meta}, each with a comma before it
     * @param fields further header fields, each with its line end
     */
    byte[] bytes(String tool, String params, String meta, String fields) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\","
                + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"load\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{}" + meta + "}}}";
        var head = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                + "Mcp-Method: tools/call\r\nMcp-Name: " + tool + "\r\nContent-Length: " + body.length() + "\r\n";
        return (head + fields + "\r\n" + body).getBytes(US_ASCII);
    }
}
