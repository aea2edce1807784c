package io.breakwater.bootstrap.demo;

import io.breakwater.port.Json;
import java.util.List;

/** Users with the ids 1 to 100. */
final class SampleUsers implements SampleApi {
    private static final List<String> NAMES = List.of("Ada", "Grace", "Edsger", "Barbara", "Donald");

    @Override
    public SampleReply respond(SampleRequest request) {
        if (!request.is("GET", "/users/([1-9]\\d?|100)")) {
            return SampleReply.error(404, "There is no such user. The users have the ids 1 to 100.");
        }
        int id = Integer.parseInt(request.segment(1));
        return SampleReply.ok(Json.object()
                .put("id", request.lying() ? id + 1 : id)
                .put("name", NAMES.get(id % NAMES.size()))
                .build());
    }
}
