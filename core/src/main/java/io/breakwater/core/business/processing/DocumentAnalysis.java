package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import io.breakwater.server.settings.ProcessingLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Computes statistics of a document for each path, in one pass. All items of an array share one path ({@code
 * items[].price}), so that a list of records is described like a table of columns.
 */
final class DocumentAnalysis {
    private final Operation.Analyze options;
    private final int maxPaths;
    private final Map<String, Json> reported = new LinkedHashMap<>();
    private int omitted;

    private DocumentAnalysis(Operation.Analyze options, int maxPaths) {
        this.options = options;
        this.maxPaths = maxPaths;
    }

    static Json.Obj of(Json data, Operation.Analyze options, ProcessingLimits limits) {
        var root = new PathStatistics(limits.maxDistinct());
        root.add(data);
        var analysis = new DocumentAnalysis(options, options.maxPaths() == 0 ? limits.maxPaths() : options.maxPaths());
        analysis.report(DocumentPaths.ROOT, root);
        return Json.object()
                .put("paths", new Json.Obj(analysis.reported))
                .put("paths_omitted", analysis.omitted)
                .build();
    }

    private void report(String path, PathStatistics statistics) {
        if (reported.size() < maxPaths) {
            reported.put(path, statistics.toJson(options.percentiles()));
        } else {
            omitted++;
        }
        statistics.members().forEach((name, member) -> report(DocumentPaths.member(path, name), member));
        var items = statistics.items();
        if (items != null) {
            report(DocumentPaths.items(path), items);
        }
    }
}
