package io.breakwater.bootstrap.conformance;

import io.breakwater.core.BreakwaterBuilder;
import io.breakwater.core.presentation.catalog.Resource;
import io.breakwater.core.presentation.catalog.ResourceContents;
import io.breakwater.core.presentation.catalog.ResourceTemplate;
import java.util.List;

/** What there is to read. */
final class FixtureResources {
    private FixtureResources() {}

    static void addTo(BreakwaterBuilder builder) {
        builder.resource(Resource.at("test://static-text")
                .named("static-text")
                .describedAs("A text that stays as it is.")
                .mimeType("text/plain")
                .holding(() -> "This is the content of the static text resource."));
        builder.resource(Resource.at("test://static-binary")
                .named("static-binary")
                .describedAs("A picture that stays as it is.")
                .mimeType("image/png")
                .readBy(call -> List.of(ResourceContents.blob("test://static-binary", "image/png", Media.PNG))));
        builder.resource(Resource.at("test://watched-resource")
                .named("watched-resource")
                .describedAs("A text to subscribe to.")
                .mimeType("text/plain")
                .holding(() -> "Watched."));
        builder.resource(ResourceTemplate.matching("test://template/{id}/data")
                .named("template")
                .describedAs("Data by its id.")
                .mimeType("application/json")
                .readBy((uri, variables, call) -> List.of(ResourceContents.text(
                        uri,
                        "application/json",
                        "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                                .formatted(variables.get("id"))))));
    }
}
