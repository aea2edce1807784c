package io.breakwater.bootstrap.demo;

import io.breakwater.port.Json;

/** The response of a sample service. */
record SampleReply(int status, Json body) {

    static SampleReply ok(Json body) {
        return new SampleReply(200, body);
    }

    static SampleReply created(Json body) {
        return new SampleReply(201, body);
    }

    static SampleReply error(int status, String message) {
        return new SampleReply(status, Json.object().put("message", message).build());
    }
}
