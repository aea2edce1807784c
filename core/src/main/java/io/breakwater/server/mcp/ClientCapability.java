package io.breakwater.server.mcp;

import io.breakwater.port.Json;

/** A feature that a client declares in its {@code ClientCapabilities}, and that a server may then use. */
public enum ClientCapability {
    /** The client shows forms to its user (elicitation, form mode). */
    ELICITATION_FORM {
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
    /** The client sends its user to URLs (elicitation, URL mode). */
    ELICITATION_URL {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.object("elicitation").has("url");
        }

        @Override
        public Json.Obj declaration() {
            return nested("elicitation", "url");
        }
    },
    /** The client requests messages from its model (sampling). */
    SAMPLING {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.has("sampling");
        }

        @Override
        public Json.Obj declaration() {
            return Json.object().put("sampling", Json.Obj.EMPTY).build();
        }
    },
    /** The client lists its roots. */
    ROOTS {
        @Override
        public boolean declaredIn(Json.Obj capabilities) {
            return capabilities.has("roots");
        }

        @Override
        public Json.Obj declaration() {
            return Json.object().put("roots", Json.Obj.EMPTY).build();
        }
    },
    /** The client polls tasks (extension {@code io.modelcontextprotocol/tasks}). */
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

    /** Returns true if these {@code ClientCapabilities} declare this capability. */
    public abstract boolean declaredIn(Json.Obj capabilities);

    /** Returns the {@code ClientCapabilities} object that declares only this capability. */
    public abstract Json.Obj declaration();

    /**
     * Returns the name in the specification: {@code sampling}, {@code elicitation.form}, or the identifier of the
     * extension.
     */
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
