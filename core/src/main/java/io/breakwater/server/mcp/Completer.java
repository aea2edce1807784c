package io.breakwater.server.mcp;

import java.util.List;
import java.util.Map;

/** Proposes values for an argument of a prompt or a variable of a resource template. */
@FunctionalInterface
public interface Completer {

    /**
     * Values that begin with, or otherwise fit, what was typed; the best first. At most 100 are sent.
     *
     * @param typed what the user has typed so far
     * @param others the other arguments that are known already
     * @param call the request at work, for whoever has to ask elsewhere
     */
    List<String> complete(String typed, Map<String, String> others, Call call);
}
