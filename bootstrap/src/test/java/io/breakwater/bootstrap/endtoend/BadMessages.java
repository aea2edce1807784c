package io.breakwater.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes that no JSON parser should take. */
final class BadMessages {
    private static final int DEPTH = 100_000;
    private static final int DIGITS = 1_000_000;

    private BadMessages() {}

    /** None has a line break, so that each can be a line. */
    static byte[][] noJson() {
        return new byte[][] {
            "{".getBytes(UTF_8),
            "garbage".getBytes(UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0},
            ping("\"id\":1,\"id\":2"),
            ping("\"id\":1,\"params\":{\"a\":1,\"a\":1}"),
            ping("\"id\":\"\\ud800\""),
            ping("\"id\":\"\\udc00\\ud800\""),
            ping("\"id\":" + "9".repeat(DIGITS)),
            ping("\"id\":1,\"params\":{\"a\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}"),
            ping("\"id\":1,\"params\":" + "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH)),
        };
    }

    private static byte[] ping(String members) {
        return ("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"," + members + "}").getBytes(UTF_8);
    }
}
