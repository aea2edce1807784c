package io.breakwater.core.presentation.json;

/**
 * The id of a JSON-RPC request, kept as the JSON text it is echoed with: {@code 7} and {@code "7"} are different ids.
 *
 * @param json a JSON string or integer
 */
public record RequestId(String json) {
    /** The id of that integer. */
    public static RequestId of(long number) {
        return new RequestId(Long.toString(number));
    }
}
