package io.breakwater.adapter.postgres.policy;

import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.util.Optional;

/** Decides on one thing that a statement reaches. */
final class Judge {
    private static final String SETTING = "database.allowed-functions";

    private final AccessMode mode;
    private final Allowed allowed;

    Judge(AccessMode mode, Allowed allowed) {
        this.mode = mode;
        this.allowed = allowed;
    }

    /** Why the statement is refused for it, if it is. */
    Optional<String> refusal(Reached reached) {
        if (reached.by().equals("relation")) {
            return Relations.refusal(reached);
        }
        var reason = reached.system() ? ofSystem(reached) : ofOthers(reached);
        return reason.map(sentence -> route(reached) + sentence);
    }

    private Optional<String> ofSystem(Reached function) {
        var danger = Danger.of(function.name());
        if (danger.isPresent()) {
            return Optional.of(function.name() + ", which " + danger.get().does() + "; that is never allowed here.");
        }
        if (passes(function)) {
            return Optional.empty();
        }
        var what = Danger.TELLING.contains(function.name())
                ? ", which tells about the server or its sessions"
                : ", which is volatile and not known to be harmless";
        return Optional.of(function.name() + what + allowBy(function.qualified()));
    }

    private boolean passes(Reached function) {
        boolean telling = Danger.TELLING.contains(function.name()) && !isSettingInView(function);
        boolean harmless = !function.unstable() || Danger.HARMLESS.contains(function.name());
        boolean writing = mode != AccessMode.READ_ONLY && Danger.WRITING.contains(function.name());
        return (harmless && !telling) || writing || allowed.byName(function);
    }

    /** The author of a view chose which setting it reads; the caller cannot. */
    private static boolean isSettingInView(Reached function) {
        return function.name().equals("current_setting") && function.by().equals("view");
    }

    private Optional<String> ofOthers(Reached function) {
        if (allowed.byName(function)) {
            return Optional.empty();
        }
        boolean harmless = !function.unstable() || Danger.HARMLESS.contains(function.name());
        boolean careful =
                harmless && !function.definer() && Danger.of(function.name()).isEmpty();
        if (careful && allowed.withOthers(function)) {
            return Optional.empty();
        }
        return Optional.of(function.qualified() + nature(function) + allowBy(suggestion(function, careful)));
    }

    private static String nature(Reached function) {
        if (function.definer()) {
            return ", which runs with its owner's rights";
        }
        return function.unstable()
                ? ", which is volatile and not one of PostgreSQL's own"
                : ", which is not one of PostgreSQL's own";
    }

    private static String suggestion(Reached function, boolean careful) {
        return careful && function.extension() != null ? "extension:" + function.extension() : function.qualified();
    }

    private static String allowBy(String entry) {
        return "; the operator can allow it by adding " + entry + " to " + SETTING + ".";
    }

    private static String route(Reached reached) {
        return switch (reached.by()) {
            case "call" -> "The statement may call ";
            case "operator" -> "The operator " + reached.through() + " calls ";
            case "cast" -> "The cast from " + reached.through() + " calls ";
            case "domain" -> "The check of the domain " + reached.through() + " calls ";
            default -> "The view " + reached.through() + " calls ";
        };
    }
}
