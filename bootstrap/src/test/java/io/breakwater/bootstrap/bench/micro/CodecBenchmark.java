package io.breakwater.bootstrap.bench.micro;

import io.breakwater.core.presentation.call.ResultWriter;
import io.breakwater.core.presentation.json.MalformedMessageException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.server.mcp.ToolResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a message and writing its answer. */
@State(Scope.Benchmark)
public class CodecBenchmark {
    private final MessageParser codec = new MessageParser(1 << 20);
    private final RequestId id = RequestId.of(100_000_001);
    private final ToolResult result = ToolResult.text("hello world");

    /** A {@code tools/call} of 2025-11-25. */
    @Benchmark
    public Message readLegacy() throws MalformedMessageException {
        return codec.read(Messages.LEGACY);
    }

    /** A {@code tools/call} of 2026-07-28, with its {@code _meta}. */
    @Benchmark
    public Message readModern() throws MalformedMessageException {
        return codec.read(Messages.MODERN);
    }

    /** The answer to either: a result with one block of text. */
    @Benchmark
    public byte[] writeResult() {
        var out = MessageWriter.result(id, 64);
        ResultWriter.tool(out, result, true);
        return out.character('}').character('}').toBytes();
    }
}
