package io.breakwater.core.business.services;

import io.breakwater.port.support.ReservedFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header fields that callers set themselves. The operator lists them for each service. Fields that frame a request,
 * carry credentials or belong to this server are never among them, whatever the list says.
 */
final class RequestFields {
    private static final int MAX_FIELDS = 32;
    private static final int MAX_LENGTH = 4_096;

    private RequestFields() {}

    /**
     * Returns the fields by their names in lower case.
     *
     * @param allowed the names that the operator allows, in lower case
     */
    static Map<String, String> check(Map<String, String> sent, List<String> allowed) {
        if (sent.size() > MAX_FIELDS) {
            throw InvalidRequest.because("headers has more than " + MAX_FIELDS + " fields.");
        }
        requireAllowed(
                sent.keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                allowed);
        var fields = new LinkedHashMap<String, String>();
        sent.forEach((written, value) -> {
            var name = written.toLowerCase(Locale.ROOT);
            if (fields.put(name, checkedValue(name, value)) != null) {
                throw InvalidRequest.because("headers has the field " + name + " twice.");
            }
        });
        return fields;
    }

    private static void requireAllowed(List<String> names, List<String> allowed) {
        if (names.contains("idempotency-key")) {
            throw InvalidRequest.because("headers must not contain Idempotency-Key: the server sends it for a call with"
                    + " the argument idempotency_key.");
        }
        var settable = settable(allowed);
        var others = names.stream()
                .filter(name -> !settable.contains(name))
                .distinct()
                .sorted()
                .map(InvalidRequest::quoted)
                .toList();
        if (!others.isEmpty()) {
            throw InvalidRequest.because("headers must not contain " + String.join(", ", others)
                    + ": this service accepts "
                    + (settable.isEmpty() ? "no header fields of callers." : String.join(", ", settable) + "."));
        }
    }

    /** Returns those of the names that callers may set. */
    static List<String> settable(List<String> allowed) {
        return allowed.stream().filter(name -> !ReservedFields.contains(name)).toList();
    }

    private static String checkedValue(String name, String value) {
        boolean visible = value.chars().allMatch(character -> character >= ' ' && character <= '~');
        if (!visible || value.length() > MAX_LENGTH) {
            throw InvalidRequest.because("The header field " + InvalidRequest.quoted(name) + " must have at most "
                    + MAX_LENGTH + " characters, which are visible ASCII characters or spaces.");
        }
        return value.strip();
    }
}
