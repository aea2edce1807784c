package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.core.validation.HeaderText;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;

/**
 * Compares header fields with the body (SEP-2243), because a gateway may have decided by the header fields. The body is
 * authoritative; a request whose header field differs, is missing or occurs twice is rejected.
 */
final class HeaderAgreement {
    static final String METHOD = "Mcp-Method";
    static final String NAME = "Mcp-Name";

    private HeaderAgreement() {}

    static void version(HeaderFields fields, String inBody) throws RejectedMessageException {
        requireEqual(ServerIdentity.VERSION_FIELD, single(fields, ServerIdentity.VERSION_FIELD), inBody);
    }

    static void method(HeaderFields fields, String inBody) throws RejectedMessageException {
        requireEqual(METHOD, single(fields, METHOD), inBody);
    }

    /** Compares the name, which may be encoded. If the body has no name, the method reports the error. */
    static void name(HeaderFields fields, ParsedJson params, String member) throws RejectedMessageException {
        var inBody = params.text(member);
        var field = single(fields, NAME);
        if (inBody == null) {
            return;
        }
        if (field == null) {
            throw mismatch("The header field " + NAME + " is missing; it must repeat params." + member);
        }
        var decoded = HeaderText.decode(field);
        if (decoded == null) {
            throw mismatch("The header field " + NAME + " is neither visible ASCII nor valid =?base64?…?=");
        }
        requireEqual(NAME, decoded, inBody);
    }

    private static @Nullable String single(HeaderFields fields, String name) throws RejectedMessageException {
        var values = fields.all(name);
        if (values.size() > 1) {
            throw mismatch("The header field " + name + " occurs more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static void requireEqual(String name, @Nullable String field, String inBody)
            throws RejectedMessageException {
        if (field == null) {
            throw mismatch("The header field " + name + " is missing; it must repeat the value in the body");
        }
        if (!field.equals(inBody)) {
            throw mismatch("The header field " + name + " differs from the value in the body");
        }
    }

    /** Whether a request is rejected because its header fields say something else than its body. */
    static boolean isMismatch(ParsedJson params, McpException error) {
        return error.code() == McpException.HEADER_MISMATCH || !RequestMeta.claimed(params);
    }

    static RejectedMessageException mismatch(String message) {
        return RejectedMessageException.malformed(McpException.HEADER_MISMATCH, message);
    }
}
