package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Principal;
import io.breakwater.server.mcp.McpException;

/**
 * Receives messages that are rejected before they become calls, so that they are counted and logged like the refusals
 * of interceptors. The names in these messages are not validated.
 */
@FunctionalInterface
public interface RejectionListener {

    /**
     * Records a rejected message.
     *
     * @param method the method that the message names; empty when it could not be parsed
     */
    void onRejected(String method, ParsedJson params, Principal principal, McpException error);
}
