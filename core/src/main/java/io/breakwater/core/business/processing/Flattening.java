package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a document into one object whose members are its leaves, each under its {@linkplain DocumentPaths path}. The
 * conversion loses nothing: an empty object or array is a leaf, and a document that is a single value appears under
 * {@code $}.
 */
final class Flattening {
    private final Map<String, Json> leaves = new LinkedHashMap<>();
    private long budget;

    private Flattening(long maxPathChars) {
        this.budget = maxPathChars;
    }

    /**
     * Returns the flat object.
     *
     * @param maxPathChars the maximum number of characters of all paths together, because deep documents repeat long
     *     paths
     */
    static Json.Obj of(Json document, long maxPathChars) {
        var flattening = new Flattening(maxPathChars);
        flattening.visit(DocumentPaths.ROOT, document);
        return new Json.Obj(flattening.leaves);
    }

    private void visit(String path, Json value) {
        switch (value) {
            case Json.Obj(var members)
            when !members.isEmpty() ->
                members.forEach((name, member) -> visit(DocumentPaths.member(path, name), member));
            case Json.Arr(var items) when !items.isEmpty() -> visitItems(path, items);
            case Json.Obj leaf -> addLeaf(path, leaf);
            case Json.Arr leaf -> addLeaf(path, leaf);
            case Json.Text leaf -> addLeaf(path, leaf);
            case Json.Decimal leaf -> addLeaf(path, leaf);
            case Json.Bool leaf -> addLeaf(path, leaf);
            case Json.Null leaf -> addLeaf(path, leaf);
            case Json.Raw leaf -> addLeaf(path, leaf);
        }
    }

    private void visitItems(String path, List<Json> items) {
        for (int i = 0; i < items.size(); i++) {
            visit(DocumentPaths.item(path, i), items.get(i));
        }
    }

    private void addLeaf(String path, Json leaf) {
        budget -= path.length();
        if (budget < 0) {
            throw new ProcessingException(
                    "The flattened document would be too large, because the document is both deep and wide;"
                            + " select a part of it with an expression.");
        }
        leaves.put(path, leaf);
    }
}
