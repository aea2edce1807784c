/**
 * The MCP client: {@link io.breakwater.server.client.McpClient} sends requests of both eras and reads the
 * responses; a {@link io.breakwater.port.driven.ClientTransport} carries the bytes. The client does no I/O
 * and creates no threads.
 */
@NullMarked
package io.breakwater.server.client;

import org.jspecify.annotations.NullMarked;
