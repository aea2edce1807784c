/** Tools written for the MCP Java SDK, offered through the {@code ToolSource} port. */
@NullMarked
package io.breakwater.adapter.mcp;

import org.jspecify.annotations.NullMarked;
