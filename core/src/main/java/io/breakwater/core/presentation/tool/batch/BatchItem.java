package io.breakwater.core.presentation.tool.batch;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ToolDefinition;

/**
 * One call of a batch.
 *
 * @param index the position in the batch, from 0
 * @param tool the tool
 * @param arguments the arguments, which are not validated yet
 */
public record BatchItem(int index, ToolDefinition tool, Json.Obj arguments) {}
