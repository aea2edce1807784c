package io.breakwater.core.presentation.json;

/**
 * The id of a JSON-RPC request, as the JSON text that the response repeats: {@code 7} and {@code "7"} are different
 * ids.
 *
 * @param json a JSON string or integer
 */
public record RequestId(String json) {
    /** Returns the id for an integer. */
    public static RequestId of(long number) {
        return new RequestId(Long.toString(number));
    }
}
