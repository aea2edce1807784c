package io.breakwater.core.validation;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects the references in a schema and the ids of its parts, and checks that each reference has a target. */
final class SchemaReferences {
    private final SchemaOrigin origin;
    private final Set<String> documents = new HashSet<>(Set.of(""));
    private final List<Reference> found = new ArrayList<>();

    SchemaReferences(SchemaOrigin origin) {
        this.origin = origin;
    }

    private record Reference(String text, String document, String at) {}

    /** Returns the base URI for references inside a schema with that {@code $id}. */
    String enter(@Nullable JsonNode id, String base, String at) {
        if (id == null || !id.isString()) {
            return base;
        }
        var document = resolve(base, id.stringValue(), JsonPointers.child(at, "$id"));
        documents.add(document);
        return document;
    }

    void add(JsonNode value, String base, String at) {
        if (value.isString()) {
            var reference = value.stringValue();
            found.add(new Reference(reference, resolve(base, reference, at), at));
        }
    }

    /**
     * Refuses references of an author to other documents, except the meta-schemas, which the validator contains. For
     * callers, the validator itself refuses what it cannot resolve.
     */
    void check() {
        for (var reference : found) {
            if (origin == SchemaOrigin.AUTHOR
                    && !documents.contains(reference.document)
                    && !SchemaDialect.isMetaSchema(reference.document)) {
                throw origin.mistake(
                        reference.at,
                        "refers to " + reference.text + ", outside the schema. The server never"
                                + " fetches schemas: put that part under $defs and refer to it as #/$defs/name");
            }
        }
    }

    /** Returns the URI of the document, without the fragment. */
    private String resolve(String base, String reference, String at) {
        if (reference.startsWith("#")) {
            return base;
        }
        try {
            var whole = URI.create(base).resolve(reference).toString();
            int fragment = whole.indexOf('#');
            return fragment < 0 ? whole : whole.substring(0, fragment);
        } catch (IllegalArgumentException e) {
            throw origin.mistake(at, "is not a URI: " + reference);
        }
    }
}
