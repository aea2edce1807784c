package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.server.mcp.McpException;

/**
 * Is told of messages that are answered with an error before they become a call, so that they are counted and logged
 * like the refusals of the guard. The names in them are a client's own.
 */
@FunctionalInterface
public interface RejectionListener {

    /**
     * A message was turned away.
     *
     * @param method what it says it is; empty when nothing could be read
     */
    void note(String method, ParsedJson params, Principal principal, McpException error);
}
