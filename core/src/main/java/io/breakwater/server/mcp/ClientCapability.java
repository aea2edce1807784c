package io.breakwater.server.mcp;

import io.breakwater.port.Json;

/** What a client may be able to do for a server, as it declares in its {@code ClientCapabilities}. */
public enum ClientCapability {
    /** Shows its user a form (elicitation, form mode). */
    ELICIT_FORM {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            var elicitation = capabilities.object("elicitation");
            return capabilities.has("elicitation") && (elicitation.has("form") || !elicitation.has("url"));
        }

        @Override
        public Json.Obj declaration() {
            return nested("elicitation", "form");
        }
    },
    /** Sends its user to a URL (elicitation, URL mode). */
    ELICIT_URL {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.object("elicitation").has("url");
        }

        @Override
        public Json.Obj declaration() {
            return nested("elicitation", "url");
        }
    },
    /** Asks its model (sampling). */
    SAMPLE {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.has("sampling");
        }

        @Override
        public Json.Obj declaration() {
            return Json.object().put("sampling", Json.Obj.EMPTY).build();
        }
    },
    /** Lists its roots. */
    LIST_ROOTS {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.has("roots");
        }

        @Override
        public Json.Obj declaration() {
            return Json.object().put("roots", Json.Obj.EMPTY).build();
        }
    },
    /** Follows tasks (extension {@code io.modelcontextprotocol/tasks}). */
    TASKS {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.object("extensions").has(TASKS_EXTENSION);
        }

        @Override
        public Json.Obj declaration() {
            return nested("extensions", TASKS_EXTENSION);
        }
    };

    private static final String TASKS_EXTENSION = "io.modelcontextprotocol/tasks";

    /** True when a client that declared these capabilities has this ability. */
    public abstract boolean declaredIn(Json.Obj capabilities);

    /** The {@code ClientCapabilities} object a client sends to declare just this. */
    public abstract Json.Obj declaration();

    /** The name in the specification: {@code sampling}, {@code elicitation.form}, or the extension's identifier. */
    public String wireName() {
        var outer = declaration().members().keySet().iterator().next();
        var inner = declaration().object(outer).members().keySet();
        if (inner.isEmpty()) {
            return outer;
        }
        var name = inner.iterator().next();
        return outer.equals("extensions") ? name : outer + "." + name;
    }

    private static Json.Obj nested(String outer, String inner) {
        return Json.object()
                .put(outer, Json.object().put(inner, Json.Obj.EMPTY).build())
                .build();
    }
}
