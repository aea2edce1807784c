package io.breakwater.bootstrap.demo;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The first reply to each {@code Idempotency-Key}: all requests with one key have their effect once. Thread-safe. */
final class IdempotentReplies {
    private final ConcurrentHashMap<String, SampleReply> replies = new ConcurrentHashMap<>();

    /** Returns the first reply to the key of the request; a request without a key always has its effect. */
    SampleReply once(SampleRequest request, Supplier<SampleReply> effect) {
        var key = request.key();
        return key == null ? effect.get() : replies.computeIfAbsent(request.path() + " " + key, first -> effect.get());
    }
}
