package io.breakwater.bootstrap.demo;

import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request to a sample service.
 *
 * @param path the path, without a query
 * @param body the body; an empty object if there is none
 * @param key the value of {@code Idempotency-Key}; null if it is absent
 * @param lying whether the response must have wrong values
 */
record SampleRequest(
        String method, String path, Json.Obj body, @Nullable String key, boolean lying) {

    boolean is(String methods, String pattern) {
        return method.matches(methods) && path.matches(pattern);
    }

    /** Returns a segment of the path; the first one has the index 0. */
    String segment(int index) {
        return path.split("/", -1)[index + 1];
    }
}
