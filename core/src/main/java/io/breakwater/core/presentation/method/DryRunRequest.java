package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.McpException;
import java.util.Locale;

/**
 * Recognizes requests for a dry run. A request that could mean a dry run and is not exactly one is an error, and never a
 * call with effect.
 */
public final class DryRunRequest {
    /** The member of {@code _meta} that asks for a dry run, and the one with the report in the result. */
    public static final String META_KEY = "io.breakwater/dryRun";

    private static final String PREFIX = "io.breakwater/";

    private DryRunRequest() {}

    /**
     * Returns true if these parameters of {@code tools/call} ask for a dry run.
     *
     * @throws McpException if they do so in a wrong form
     */
    static boolean isAsked(ParsedJson params) {
        var meta = params.member("_meta");
        if (meta == null || !meta.isObject()) {
            return false;
        }
        for (var name : meta.names()) {
            if (name.startsWith(PREFIX) && !name.equals(META_KEY) && isNear(name)) {
                throw McpException.invalidParams("_meta has the unknown member \"" + name + "\". Did you mean \""
                        + META_KEY + "\"? The call did nothing.");
            }
        }
        return meta.has(META_KEY) && isTrue(meta) && isFirstRound(params);
    }

    private static boolean isNear(String name) {
        var word = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        return word.replace("-", "").replace("_", "").equals("dryrun");
    }

    private static boolean isTrue(ParsedJson meta) {
        var value = meta.member(META_KEY);
        if (value != null && value.json() instanceof Json.Bool asked) {
            return asked.value();
        }
        throw McpException.invalidParams("_meta[\"" + META_KEY + "\"] must be true or false. The call did nothing.");
    }

    private static boolean isFirstRound(ParsedJson params) {
        if (params.has("requestState") || params.has("inputResponses")) {
            throw McpException.invalidParams(
                    "A dry run asks the client for nothing, so it has no \"requestState\" and no"
                            + " \"inputResponses\". Remove them, or remove _meta[\"" + META_KEY
                            + "\"]. The call did nothing.");
        }
        return true;
    }
}
