/**
 * MCP from the client's side: {@link io.breakwater.core.presentation.client.McpClient} writes requests of both eras and
 * reads what comes back; a {@link io.breakwater.core.presentation.client.ClientTransport} carries the bytes. It does no
 * I/O and makes no threads of its own.
 */
@NullMarked
package io.breakwater.core.presentation.client;

import org.jspecify.annotations.NullMarked;
