package io.breakwater.core.data.toolsource;

import io.breakwater.core.business.toolsource.ToolSourceTools;
import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.port.driven.ToolSource.Descriptor;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The tools of a {@link ToolSource}.
 *
 * @param source the source of the tools
 */
public record StoredToolSource(ToolSource source) implements ToolSourceTools {

    @Override
    public List<Descriptor> tools() {
        return source.tools();
    }

    @Override
    public CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext context) {
        return source.call(tool, arguments, context);
    }

    @Override
    public void onChange(Runnable action) {
        source.onChange(action);
    }
}
