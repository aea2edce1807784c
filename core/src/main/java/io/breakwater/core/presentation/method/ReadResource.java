package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.Keeping;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.ResourceContents;
import io.breakwater.core.presentation.catalog.registry.Offering;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.execution.Lane;
import io.breakwater.port.Json;
import java.util.List;

/** {@code resources/read}: an exact address first, then the templates in their order. */
public final class ReadResource implements Work {
    private final Offering offering;
    private final String uri;
    private final boolean tellsKeeping;

    /**
     * Reads that address out of this offering.
     *
     * @param tellsKeeping whether the client is told for how long it may keep what it read
     */
    public ReadResource(Offering offering, String uri, boolean tellsKeeping) {
        this.offering = offering;
        this.uri = uri;
        this.tellsKeeping = tellsKeeping;
    }

    @Override
    public Lane lane() {
        return Lane.VIRTUAL;
    }

    @Override
    public Outcome run(LiveCall call) throws Exception {
        var read = read(call);
        if (read.contents().isEmpty()) {
            throw McpError.noSuchResource(uri);
        }
        var items = read.contents().stream().<Json>map(ResourceContents::json).toList();
        var result = Json.object().put("contents", new Json.Arr(items));
        if (tellsKeeping) {
            tell(call.answered() ? Keeping.NONE : read.keeping(), result);
        }
        return new Outcome.Value(result.build());
    }

    private static void tell(Keeping keeping, Json.ObjectBuilder result) {
        result.put("ttlMs", keeping.ttl().toMillis()).put("cacheScope", keeping.shared() ? "public" : "private");
    }

    private Read read(LiveCall call) throws Exception {
        var resource = offering.resources().get(uri);
        if (resource != null) {
            return new Read(resource.reader().read(call), resource.keeping());
        }
        for (var template : offering.templates()) {
            var variables = template.match(uri);
            if (variables.isPresent()) {
                return new Read(template.reader().read(uri, variables.get(), call), template.keeping());
            }
        }
        throw McpError.noSuchResource(uri);
    }

    private record Read(List<ResourceContents> contents, Keeping keeping) {}
}
