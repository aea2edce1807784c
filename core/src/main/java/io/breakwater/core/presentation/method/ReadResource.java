package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.ResourceContents;
import io.breakwater.core.presentation.catalog.registry.Offering;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.runtime.Lane;
import io.breakwater.port.Json;
import java.util.List;

/** {@code resources/read}: an exact address first, then the templates in their order. */
public final class ReadResource implements Work {
    private final Offering offering;
    private final String uri;
    private final Json.Obj rest;

    /**
     * Reads that address out of this offering.
     *
     * @param rest further members of the result
     */
    public ReadResource(Offering offering, String uri, Json.Obj rest) {
        this.offering = offering;
        this.uri = uri;
        this.rest = rest;
    }

    @Override
    public Lane lane() {
        return Lane.VIRTUAL;
    }

    @Override
    public Outcome run(LiveCall call) throws Exception {
        var contents = read(call);
        if (contents.isEmpty()) {
            throw McpError.noSuchResource(uri);
        }
        var items = contents.stream().<Json>map(ResourceContents::json).toList();
        var result = Json.object().put("contents", new Json.Arr(items));
        rest.members().forEach(result::put);
        return new Outcome.Value(result.build());
    }

    private List<ResourceContents> read(LiveCall call) throws Exception {
        var resource = offering.resources().get(uri);
        if (resource != null) {
            return resource.reader().read(call);
        }
        for (var template : offering.templates()) {
            var variables = template.match(uri);
            if (variables.isPresent()) {
                return template.reader().read(uri, variables.get(), call);
            }
        }
        throw McpError.noSuchResource(uri);
    }
}
