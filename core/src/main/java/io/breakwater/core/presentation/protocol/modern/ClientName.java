package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.port.driving.HeaderFields;
import org.jspecify.annotations.Nullable;

/**
 * The name and version by which a client calls itself, for logs. Every client can choose them freely, so they decide
 * nothing.
 */
final class ClientName {
    private static final String USER_AGENT = "User-Agent";
    private static final int MAX_LENGTH = 100;
    private static final int MAX_VERSION = 40;
    /** Control characters, characters that reorder or hide text, line separators, unpaired surrogates, and quotes. */
    private static final String UNSAFE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\"]";

    private ClientName() {}

    /**
     * Returns name and version in {@code clientInfo}, otherwise {@code User-Agent}, on one short line and without quotes;
     * empty if the client has no name.
     */
    static String of(ParsedJson params, HeaderFields fields) {
        var inBody = inBody(params);
        var agent = fields.first(USER_AGENT);
        if (inBody != null) {
            return inBody;
        }
        return agent == null ? "" : harmless(agent, MAX_LENGTH).strip();
    }

    private static @Nullable String inBody(ParsedJson params) {
        var meta = params.member("_meta");
        var info = meta == null ? Json.Obj.EMPTY : meta.object(RequestMeta.CLIENT_INFO);
        var name = info.text("name");
        if (name == null || name.isBlank()) {
            return null;
        }
        var version = info.text("version");
        return harmless(name, MAX_LENGTH) + (version == null ? "" : " " + harmless(version, MAX_VERSION));
    }

    /** Returns the text, truncated and without characters that could forge a line of a log. */
    static String harmless(String text, int maxLength) {
        var line = text.length() <= maxLength ? text : text.substring(0, maxLength) + "…";
        return line.replaceAll(UNSAFE, "?");
    }
}
