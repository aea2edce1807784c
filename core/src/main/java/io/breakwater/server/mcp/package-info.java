/**
 * The catalog of a server: {@link io.breakwater.server.mcp.Tool tools}, {@link
 * io.breakwater.server.mcp.Resource resources} and {@link io.breakwater.server.mcp.Prompt
 * prompts}, each of them a definition with its code, and the {@link io.breakwater.server.mcp.Call}
 * through which that code communicates with the client.
 */
@NullMarked
package io.breakwater.server.mcp;

import org.jspecify.annotations.NullMarked;
