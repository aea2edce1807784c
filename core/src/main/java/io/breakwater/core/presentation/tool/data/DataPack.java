package io.breakwater.core.presentation.tool.data;

import io.breakwater.core.business.processing.DataProcessing;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.CallContext;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import java.time.Duration;
import java.util.List;

/** The pack {@code data}: one tool, {@code process_data}, that needs nothing but the document it is given. */
public final class DataPack implements Pack {
    private static final String DESCRIPTION = """
            Works on a JSON document: transform reshapes it by a JSONata expression (or flattens it when none is given), \
            validate checks it against a JSON Schema and lists every violation with its JSON Pointer, analyze gives \
            figures for each path: types, counts, nulls, distinct values, and for numbers min, max, sum, mean, stddev \
            and percentiles. Equal calls give equal results. Arithmetic in expressions is double precision.""";

    private final DataProcessing processing;
    private final Duration ttl;
    private final String environment;

    /**
     * A pack over that use case.
     *
     * @param ttl how long results are kept for equal calls
     * @param environment where the server runs, for {@code server_environment}
     */
    public DataPack(DataProcessing processing, Duration ttl, String environment) {
        this.processing = processing;
        this.ttl = ttl;
        this.environment = environment;
    }

    @Override
    public String name() {
        return "data";
    }

    @Override
    public List<Tool> tools() {
        return List.of(processData());
    }

    private Tool processData() {
        return Tool.named("process_data")
                .title("Process data")
                .description(DESCRIPTION)
                .input(ProcessDataArguments.class)
                .output(ProcessDataResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .cacheForAll(ttl)
                .resultDecorator(CacheStatusMembers.class, status -> CacheStatusMembers.of(status, environment))
                .executionMode(ExecutionMode.CPU)
                .handler((arguments, call) -> process(arguments, call.context()));
    }

    ProcessDataResult process(ProcessDataArguments arguments, CallContext scope) {
        try {
            return ProcessDataResult.of(processing.process(arguments.data(), arguments.toOperation(), scope));
        } catch (ProcessingException e) {
            throw new ToolException(ErrorCode.INVALID_PARAMS, e.sentence());
        }
    }
}
