package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpReplyHead;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.http.HttpServerResponse;

/** Maps a reply status to an HTTP status and header fields. */
final class StatusMapping {
    private StatusMapping() {}

    /** Sets the status and the header fields. */
    static void head(HttpServerResponse response, ReplyStatus replyStatus) {
        if (replyStatus instanceof ReplyStatus.Result(var session) && session == null) {
            return; // the most frequent case: the status is already 200
        }
        var head = HttpReplyHead.of(replyStatus);
        response.setStatusCode(head.status());
        head.fields().forEach(response::putHeader);
    }
}
