package io.breakwater.core.presentation.protocol.common;

import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.catalog.Registry.Kind;
import io.breakwater.core.presentation.method.DryRunRequest;
import io.breakwater.port.Json;

/**
 * The capabilities that a server offers to clients ({@code ServerCapabilities}). It offers resources and prompts only
 * if its catalog has some, and completions only if there is something to complete.
 */
public final class OfferedCapabilities {
    private static final Json.Obj LIST_CHANGED =
            Json.object().put("listChanged", true).build();
    private static final Json.Obj RESOURCES =
            Json.object().put("listChanged", true).put("subscribe", true).build();

    /** Tells clients that {@code _meta} of {@code tools/call} may ask for a dry run. Other servers would make the call. */
    private static final Json.Obj EXPERIMENTAL =
            Json.object().put(DryRunRequest.META_KEY, Json.Obj.EMPTY).build();

    private OfferedCapabilities() {}

    /** Returns the capabilities that both eras share, in a fixed order. */
    public static Json.ObjectBuilder of(Registry registry) {
        boolean prompts = registry.offers(Kind.PROMPTS);
        boolean resources = registry.offers(Kind.RESOURCES);
        return Json.object()
                .put("tools", LIST_CHANGED)
                .putIfPresent("prompts", prompts ? LIST_CHANGED : null)
                .putIfPresent("resources", resources ? RESOURCES : null)
                .putIfPresent("completions", prompts || resources ? Json.Obj.EMPTY : null)
                .put("logging", Json.Obj.EMPTY)
                .put("experimental", EXPERIMENTAL);
    }

    /** Returns true if this method belongs to a list that the server does not offer. */
    public static boolean isWithheld(String method, Registry registry) {
        return switch (method) {
            case "prompts/list" -> !registry.offers(Kind.PROMPTS);
            case "resources/list", "resources/templates/list" -> !registry.offers(Kind.RESOURCES);
            default -> false;
        };
    }
}
