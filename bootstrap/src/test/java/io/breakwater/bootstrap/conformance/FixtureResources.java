package io.breakwater.bootstrap.conformance;

import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;

/** What there is to read. */
final class FixtureResources {
    private FixtureResources() {}

    static void addTo(BreakwaterBuilder builder) {
        builder.resource(Resource.of("test://static-text")
                .name("static-text")
                .description("A text that stays as it is.")
                .mimeType("text/plain")
                .text(() -> "This is the content of the static text resource."));
        builder.resource(Resource.of("test://static-binary")
                .name("static-binary")
                .description("A picture that stays as it is.")
                .mimeType("image/png")
                .reader(call -> List.of(ResourceContents.blob("test://static-binary", "image/png", Media.PNG))));
        builder.resource(Resource.of("test://watched-resource")
                .name("watched-resource")
                .description("A text to subscribe to.")
                .mimeType("text/plain")
                .text(() -> "Watched."));
        builder.resource(ResourceTemplate.of("test://template/{id}/data")
                .name("template")
                .description("Data by its id.")
                .mimeType("application/json")
                .reader((uri, variables, call) -> List.of(ResourceContents.text(
                        uri,
                        "application/json",
                        "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                                .formatted(variables.get("id"))))));
    }
}
