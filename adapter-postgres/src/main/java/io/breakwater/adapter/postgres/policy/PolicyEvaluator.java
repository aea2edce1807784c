package io.breakwater.adapter.postgres.policy;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.util.Optional;

/** Decides about one object that a statement reaches. */
final class PolicyEvaluator {
    private final AccessMode mode;
    private final AllowedFunctions allowed;
    private final String setting;

    /** Creates an evaluator whose refusals name the setting for allowed functions. */
    PolicyEvaluator(AccessMode mode, AllowedFunctions allowed, String setting) {
        this.mode = mode;
        this.allowed = allowed;
        this.setting = setting;
    }

    /** Returns the reason for which the statement is refused because of this object; empty when it is allowed. */
    Optional<String> refusal(ReachedObject reached) {
        if (reached.by().equals("relation")) {
            return DeniedRelations.refusal(reached);
        }
        var reason = reached.system() ? ofSystem(reached) : ofOthers(reached);
        return reason.map(sentence -> route(reached) + sentence);
    }

    private Optional<String> ofSystem(ReachedObject function) {
        var denied = DeniedFunctions.of(function.name());
        if (denied.isPresent()) {
            return Optional.of(function.name() + ", which " + denied.get().effect() + "; this is never allowed.");
        }
        if (passes(function)) {
            return Optional.empty();
        }
        return Optional.of(function.name() + reason(function) + allowBy(function.qualified()));
    }

    private boolean passes(ReachedObject function) {
        boolean writing = mode != AccessMode.READ_ONLY && DeniedFunctions.WRITING.contains(function.name());
        return writing
                || allowed.isAllowedByName(function)
                || (isHarmless(function) && isReviewed(function) && !revealsServerState(function));
    }

    private static String reason(ReachedObject function) {
        if (revealsServerState(function)) {
            return ", which returns information about the server or its connections";
        }
        return isHarmless(function)
                ? ", which is not in the list of functions that were reviewed for PostgreSQL " + function.version()
                : ", which is volatile and not known to be harmless";
    }

    private static boolean isHarmless(ReachedObject function) {
        return !function.unstable() || DeniedFunctions.HARMLESS.contains(function.name());
    }

    private static boolean isReviewed(ReachedObject function) {
        return isSettingInView(function) || ReviewedFunctions.contains(function.name(), function.version());
    }

    private static boolean revealsServerState(ReachedObject function) {
        return DeniedFunctions.revealsServerState(function.name()) && !isSettingInView(function);
    }

    /** Whether a view reads a setting: its author chose the setting, and the caller cannot change it. */
    private static boolean isSettingInView(ReachedObject function) {
        return function.name().equals("current_setting") && function.by().equals("view");
    }

    private Optional<String> ofOthers(ReachedObject function) {
        if (allowed.isAllowedByName(function)) {
            return Optional.empty();
        }
        boolean allowable = isHarmless(function)
                && !function.definer()
                && DeniedFunctions.of(function.name()).isEmpty();
        if (allowable && allowed.isAllowedWithGroup(function)) {
            return Optional.empty();
        }
        return Optional.of(function.qualified() + nature(function) + allowBy(suggestion(function, allowable)));
    }

    private static String nature(ReachedObject function) {
        if (function.definer()) {
            return ", which runs with its owner's privileges";
        }
        return function.unstable()
                ? ", which is volatile and not built into PostgreSQL"
                : ", which is not built into PostgreSQL";
    }

    private static String suggestion(ReachedObject function, boolean allowable) {
        return allowable && function.extension() != null ? "extension:" + function.extension() : function.qualified();
    }

    private String allowBy(String entry) {
        return "; the operator can allow it by adding " + entry + " to " + setting + ".";
    }

    private static String route(ReachedObject reached) {
        return switch (reached.by()) {
            case "call" -> "The statement may call ";
            case "operator" -> "The operator " + reached.through() + " calls ";
            case "cast" -> "The cast from " + reached.through() + " calls ";
            case "table" -> "An index, a check or another expression of the table " + reached.through() + " calls ";
            case "type" -> "The type " + reached.through() + " calls ";
            case "class" -> "The operator class " + reached.through() + " calls ";
            case "domain" -> "The check of the domain " + reached.through() + " calls ";
            default -> "The view " + reached.through() + " calls ";
        };
    }
}
