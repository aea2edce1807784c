package io.breakwater.core.validation;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a schema that offers alternatives ({@code anyOf}, {@code oneOf}), as the path of an error runs through it.
 *
 * @param path the path of an error below it
 * @param index where in that path the keyword stands
 * @param location the place of the value that had to fit
 */
record AlternativePath(NodePath path, int index, NodePath location) {

    private static final Set<String> KEYWORDS = Set.of("anyOf", "oneOf");

    /** The keywords that lead to a part of the value, and that take a name or number with them. */
    private static final Set<String> NAMED_STEPS = Set.of("properties", "patternProperties", "prefixItems");

    private static final Set<String> STEPS =
            Set.of("additionalProperties", "items", "contains", "unevaluatedItems", "unevaluatedProperties");

    /** The first choice the error's path comes through at or below that depth, or null. */
    static @Nullable AlternativePath findFirst(Error error, int depth) {
        var path = error.getEvaluationPath();
        for (int i = depth; i < path.getNameCount(); i++) {
            boolean last = i == path.getNameCount() - 1;
            if (KEYWORDS.contains(path.getName(i)) && (last || path.getElement(i + 1) instanceof Integer)) {
                return new AlternativePath(path, i, locate(error, i));
            }
        }
        return null;
    }

    /** Goes back from the place of the error by the steps its path takes below the keyword. */
    private static NodePath locate(Error error, int index) {
        var path = error.getEvaluationPath();
        var location = error.getInstanceLocation();
        for (int i = index + 2; i < path.getNameCount() - 1; i++) {
            boolean named = NAMED_STEPS.contains(path.getName(i));
            if (named || STEPS.contains(path.getName(i))) {
                location = location.getParent();
            }
            i += named ? 1 : 0;
        }
        return location;
    }

    /** The end of the run of errors that belong to it. */
    int end(List<Error> errors, int from) {
        int end = from;
        while (end < errors.size() && leadsThrough(errors.get(end).getEvaluationPath())) {
            end++;
        }
        return end;
    }

    private boolean leadsThrough(NodePath other) {
        if (other.getNameCount() <= index) {
            return false;
        }
        for (int i = index; i >= 0; i--) {
            if (!path.getElement(i).equals(other.getElement(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the error says that not exactly one alternative fits, and not why. */
    boolean isSummary(Error error) {
        return error.getEvaluationPath().getNameCount() == index + 1;
    }

    static boolean matchesSeveral(Error head) {
        return "oneOf.indexes".equals(head.getMessageKey());
    }

    /** Which of the alternatives an error is about. */
    String branch(Error error) {
        return error.getEvaluationPath().getName(index + 1);
    }

    /** Whether the error shows that another alternative was meant. */
    boolean rulesOut(Error error) {
        int deeper = error.getInstanceLocation().getNameCount() - location.getNameCount();
        return switch (error.getKeyword()) {
            case "type" -> deeper == 0;
            case "const" -> deeper <= 1;
            default -> false;
        };
    }

    /** The depth at which the alternatives begin. */
    int innerDepth() {
        return index + 2;
    }

    String pointer() {
        return location.toString();
    }
}
