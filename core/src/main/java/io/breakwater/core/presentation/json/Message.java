package io.breakwater.core.presentation.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC 2.0 message that is well-formed as such. */
public sealed interface Message {

    /** Wants an answer. {@code params} is an object, empty when the message has none. */
    record Request(RequestId id, String method, ParsedJson params) implements Message {}

    /** Wants none. {@code params} is an object, empty when the message has none. */
    record Notification(String method, ParsedJson params) implements Message {}

    /**
     * Answers a request of ours; exactly one of {@code result} and {@code error} is there. The id is null in an error
     * about a request that could not be read.
     */
    record Response(
            @Nullable RequestId id,
            @Nullable ParsedJson result,
            @Nullable ParsedJson error) implements Message {}

    /** Several at once, which one legacy revision allows. Each element is read when its turn comes. */
    record Batch(List<ParsedJson> elements) implements Message {}
}
