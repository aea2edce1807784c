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
 * Makes what the validator found into what a caller can use. Most errors become one violation each. A value that fits
 * none of several alternatives is the exception: the validator then tells what is wrong with it under each, most of
 * which is beside the point. Here the alternative that was evidently meant is picked, by its type or by a member that
 * must have one certain value, and only its violations are told.
 */
final class ViolationMapper {
    /** More are not looked at; alternatives can take many of them for one violation. */
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

    /** What the errors say, where those under one choice stand together; choices up to that depth are settled. */
    private List<Violation> describe(List<Error> errors, int depth) {
        var violations = new ArrayList<Violation>();
        int next = 0;
        while (next < errors.size()) {
            var error = errors.get(next);
            var alternatives = AlternativePath.findFirst(error, depth);
            int end = alternatives == null ? next + 1 : alternatives.end(errors, next);
            violations.addAll(
                    alternatives == null ? List.of(messages.violation(error)) : choose(alternatives, errors.subList(next, end)));
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

    /** One sentence for all alternatives, where one type or one certain value sets them apart. */
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
