package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Maps the errors of the validator to violations. Most errors become one violation each. For a value that matches none
 * of several alternatives, the validator reports the errors of each alternative, most of which do not help. This class
 * picks the alternative that the value was meant for, by its type or by a member with a constant value, and returns
 * only its violations.
 */
final class ViolationMapper {
    /** The maximum number of errors to evaluate; one violation can combine many errors of alternatives. */
    static final int MAX_ERRORS = 10 * ValueSchema.MAX_VIOLATIONS;

    private final ViolationMessages messages;

    private ViolationMapper(JsonNode schema) {
        this.messages = new ViolationMessages(schema);
    }

    static List<Violation> of(List<Error> errors, JsonNode schema) {
        return new ViolationMapper(schema)
                .describe(errors, 0).stream()
                        .distinct()
                        .limit(ValueSchema.MAX_VIOLATIONS)
                        .toList();
    }

    /**
     * Maps the errors; errors below one keyword with alternatives are consecutive, and keywords above that depth are
     * resolved already.
     */
    private List<Violation> describe(List<Error> errors, int depth) {
        var violations = new ArrayList<Violation>();
        int next = 0;
        while (next < errors.size()) {
            var error = errors.get(next);
            var alternatives = AlternativePath.findFirst(error, depth);
            int end = alternatives == null ? next + 1 : alternatives.end(errors, next);
            violations.addAll(
                    alternatives == null
                            ? List.of(messages.violation(error))
                            : choose(alternatives, errors.subList(next, end)));
            next = end;
        }
        return violations;
    }

    private List<Violation> choose(AlternativePath alternatives, List<Error> errors) {
        var head = errors.stream().filter(alternatives::isSummary).findFirst();
        var branches = branches(alternatives, errors);
        if (branches.isEmpty() || head.filter(AlternativePath::matchesSeveral).isPresent()) {
            return head.map(messages::violation).stream().toList();
        }
        var candidates = branches.stream()
                .filter(branch -> branch.stream().noneMatch(alternatives::rulesOut))
                .toList();
        if (candidates.size() == 1) {
            return describe(candidates.getFirst(), alternatives.innerDepth());
        }
        var described = branches.stream()
                .map(branch -> describe(branch, alternatives.innerDepth()))
                .toList();
        return summary(alternatives, branches, described);
    }

    private static List<List<Error>> branches(AlternativePath alternatives, List<Error> errors) {
        var branches = errors.stream()
                .filter(error -> !alternatives.isSummary(error))
                .collect(Collectors.groupingBy(alternatives::branch, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(branches.values());
    }

    private List<Violation> summary(
            AlternativePath alternatives, List<List<Error>> branches, List<List<Violation>> described) {
        var common = new ArrayList<>(described.getFirst());
        described.forEach(common::retainAll);
        if (!common.isEmpty()) {
            return common;
        }
        var kinds = typeMismatch(alternatives, branches);
        if (kinds != null) {
            return List.of(kinds);
        }
        var all = new ArrayList<Violation>();
        all.add(new Violation(alternatives.pointer(), "matches none of the alternatives"));
        described.forEach(all::addAll);
        return all;
    }

    /** Returns one violation for all alternatives, if they differ by one type or one constant value. */
    private @Nullable Violation typeMismatch(AlternativePath alternatives, List<List<Error>> branches) {
        var decisive = branches.stream()
                .map(branch -> branch.stream().filter(alternatives::rulesOut).findFirst())
                .flatMap(Optional::stream)
                .toList();
        var locations = decisive.stream()
                .map(error -> error.getKeyword() + error.getInstanceLocation())
                .collect(Collectors.toSet());
        return decisive.size() == branches.size() && locations.size() == 1 ? messages.oneOf(decisive) : null;
    }
}
