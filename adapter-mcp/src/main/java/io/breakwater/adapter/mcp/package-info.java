/** Offers tools that are written for the MCP Java SDK through the {@code ToolSource} port. */
@NullMarked
package io.breakwater.adapter.mcp;

import org.jspecify.annotations.NullMarked;
