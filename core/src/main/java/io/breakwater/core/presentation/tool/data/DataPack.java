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

/** The pack {@code data}: the tool {@code process_data}, which needs no other system. */
public final class DataPack implements Pack {
    private static final String DESCRIPTION = """
            Processes a JSON document. transform reshapes the document with a JSONata expression, or flattens it if \
            there is no expression. validate checks the document against a JSON Schema and lists every violation with \
            its JSON Pointer. analyze returns statistics for each path: types, counts, nulls and distinct values, and \
            for numbers min, max, sum, mean, stddev and percentiles. Equal calls return equal results. Expressions \
            calculate in double precision.""";

    private final DataProcessing processing;
    private final Duration ttl;
    private final String environment;

    /**
     * Creates the pack.
     *
     * @param ttl the TTL of cached results
     * @param environment the environment of the server, for {@code server_environment}
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

    ProcessDataResult process(ProcessDataArguments arguments, CallContext context) {
        try {
            return ProcessDataResult.of(processing.process(arguments.data(), arguments.toOperation(), context));
        } catch (ProcessingException e) {
            throw new ToolException(ErrorCode.INVALID_PARAMS, e.sentence());
        }
    }
}
