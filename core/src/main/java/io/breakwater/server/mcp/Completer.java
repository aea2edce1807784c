package io.breakwater.server.mcp;

import java.util.List;
import java.util.Map;

/** Suggests values for an argument of a prompt or a variable of a resource template. */
@FunctionalInterface
public interface Completer {

    /**
     * Returns values that match the typed text, the best first. The server sends at most 100 of them, and only those that
     * the caller may use. If access is restricted, it considers the first 1,000.
     *
     * @param typed the text that the user has typed so far
     * @param others the other arguments that the client already knows, by name
     * @param call the completion request, for completers that query other systems
     */
    List<String> complete(String typed, Map<String, String> others, Call call);
}
