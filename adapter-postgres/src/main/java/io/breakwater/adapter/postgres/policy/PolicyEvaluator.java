package io.breakwater.adapter.postgres.policy;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.util.Optional;

/** Decides on one thing that a statement reaches. */
final class PolicyEvaluator {
    private static final String SETTING = "database.allowed-functions";

    private final AccessMode mode;
    private final AllowedFunctions allowed;

    PolicyEvaluator(AccessMode mode, AllowedFunctions allowed) {
        this.mode = mode;
        this.allowed = allowed;
    }

    /** Why the statement is refused for it, if it is. */
    Optional<String> refusal(ReachedObject reached) {
        if (reached.by().equals("relation")) {
            return DeniedRelations.refusal(reached);
        }
        var reason = reached.system() ? ofSystem(reached) : ofOthers(reached);
        return reason.map(sentence -> route(reached) + sentence);
    }

    private Optional<String> ofSystem(ReachedObject function) {
        var danger = DeniedFunctions.of(function.name());
        if (danger.isPresent()) {
            return Optional.of(function.name() + ", which " + danger.get().does() + "; that is never allowed here.");
        }
        if (passes(function)) {
            return Optional.empty();
        }
        return Optional.of(function.name() + reason(function) + allowBy(function.qualified()));
    }

    private boolean passes(ReachedObject function) {
        boolean writing = mode != AccessMode.READ_ONLY && DeniedFunctions.WRITING.contains(function.name());
        return writing
                || allowed.byName(function)
                || (isHarmless(function) && isReviewed(function) && !tells(function));
    }

    private static String reason(ReachedObject function) {
        if (tells(function)) {
            return ", which tells about the server or its sessions";
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

    private static boolean tells(ReachedObject function) {
        return DeniedFunctions.tells(function.name()) && !isSettingInView(function);
    }

    /** The author of a view chose which setting it reads; the caller cannot. */
    private static boolean isSettingInView(ReachedObject function) {
        return function.name().equals("current_setting") && function.by().equals("view");
    }

    private Optional<String> ofOthers(ReachedObject function) {
        if (allowed.byName(function)) {
            return Optional.empty();
        }
        boolean careful = isHarmless(function)
                && !function.definer()
                && DeniedFunctions.of(function.name()).isEmpty();
        if (careful && allowed.withOthers(function)) {
            return Optional.empty();
        }
        return Optional.of(function.qualified() + nature(function) + allowBy(suggestion(function, careful)));
    }

    private static String nature(ReachedObject function) {
        if (function.definer()) {
            return ", which runs with its owner's rights";
        }
        return function.unstable()
                ? ", which is volatile and not one of PostgreSQL's own"
                : ", which is not one of PostgreSQL's own";
    }

    private static String suggestion(ReachedObject function, boolean careful) {
        return careful && function.extension() != null ? "extension:" + function.extension() : function.qualified();
    }

    private static String allowBy(String entry) {
        return "; the operator can allow it by adding " + entry + " to " + SETTING + ".";
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
