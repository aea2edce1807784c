/**
 * What a server offers: {@link io.breakwater.server.mcp.Tool tools},
 * {@link io.breakwater.server.mcp.Resource resources} and
 * {@link io.breakwater.server.mcp.Prompt prompts}, each a definition joined with a handler, and the
 * {@link io.breakwater.server.mcp.Call} through which a handler speaks with its caller.
 */
@NullMarked
package io.breakwater.server.mcp;

import org.jspecify.annotations.NullMarked;
