package io.breakwater.core.presentation.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A well-formed JSON-RPC 2.0 message. */
public sealed interface Message {

    /** A message that expects a response. {@code params} is an object, empty if the message has none. */
    record Request(RequestId id, String method, ParsedJson params) implements Message {}

    /** A message without a response. {@code params} is an object, empty if the message has none. */
    record Notification(String method, ParsedJson params) implements Message {}

    /**
     * The response to a request of this server; exactly one of {@code result} and {@code error} is present. The id is
     * null in an error about a request that could not be read.
     */
    record Response(
            @Nullable RequestId id,
            @Nullable ParsedJson result,
            @Nullable ParsedJson error) implements Message {}

    /** Several messages, which one legacy revision allows. Each element is parsed when it is processed. */
    record Batch(List<ParsedJson> elements) implements Message {}
}
