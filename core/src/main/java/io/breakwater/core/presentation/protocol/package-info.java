/**
 * The MCP endpoint: {@link io.breakwater.core.presentation.protocol.McpServer} determines the era of each message and
 * dispatches it.
 */
@NullMarked
package io.breakwater.core.presentation.protocol;

import org.jspecify.annotations.NullMarked;
