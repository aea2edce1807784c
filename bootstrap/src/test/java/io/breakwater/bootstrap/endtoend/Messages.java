package io.breakwater.bootstrap.endtoend;

/** Requests as text. */
final class Messages {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private Messages() {}

    /** A request of 2026-07-28 with these parameters, which are members of an object and may be none. */
    static String modern(String id, String method, String parameters) {
        return legacy(id, method, parameters.isEmpty() ? META : META + "," + parameters);
    }

    /** A request of the revisions before. */
    static String legacy(String id, String method, String parameters) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + "}}";
    }
}
