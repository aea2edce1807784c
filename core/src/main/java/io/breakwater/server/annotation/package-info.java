/**
 * Tools, resources and prompts as annotated methods of any object: {@link io.breakwater.server.annotation.McpTool},
 * {@link io.breakwater.server.annotation.McpResource} and {@link io.breakwater.server.annotation.McpPrompt}.
 * {@link io.breakwater.server.annotation.ToolMethods} converts them to the same definitions as the builders of
 * {@code io.breakwater.server.mcp}.
 */
@NullMarked
package io.breakwater.server.annotation;

import org.jspecify.annotations.NullMarked;
