/**
 * MCP from the client's side: {@link io.breakwater.server.client.McpClient} writes requests of both eras and
 * reads what comes back; a {@link io.breakwater.server.client.ClientTransport} carries the bytes. It does no
 * I/O and makes no threads of its own.
 */
@NullMarked
package io.breakwater.server.client;

import org.jspecify.annotations.NullMarked;
