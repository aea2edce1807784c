package io.breakwater.adapter.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * The parts that all tools of one source share.
 *
 * @param messages converts the types that the protocol defines
 * @param values converts the results of tools, with the mapper that their authors chose
 */
record SdkRuntime(
        SdkJson messages,
        SdkJson values,
        DescriptorMapper descriptors,
        ExchangeFactory exchanges,
        SdkFailureMapper failures) {

    static SdkRuntime with(McpJsonMapper values) {
        var messages = new SdkJson(MessageMapper.create());
        var schemas = McpJsonDefaults.getSchemaValidator();
        return new SdkRuntime(
                messages,
                new SdkJson(values),
                new DescriptorMapper(messages, schemas),
                new ExchangeFactory(messages, schemas),
                new SdkFailureMapper(messages));
    }

    SdkTool tool(SyncToolSpecification tool) {
        return new SdkTool(descriptors.of(tool.tool()), new SyncHandler(tool, results(tool.tool()), this));
    }

    SdkTool tool(AsyncToolSpecification tool) {
        return new SdkTool(descriptors.of(tool.tool()), new AsyncHandler(tool, results(tool.tool()), this));
    }

    private ResultMapper results(Tool tool) {
        return new ResultMapper(tool, values);
    }
}
