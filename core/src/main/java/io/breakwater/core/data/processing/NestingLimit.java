package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Tracks the brackets of an expression and refuses nesting that the parser of the evaluator cannot handle. */
final class NestingLimit {
    /** The words that start a function. */
    static final Set<String> LAMBDA = Set.of("function", "λ");

    private static final int MAX_BRACKETS = 64;
    private static final int MAX_FALLBACKS = 64;
    private static final int MAX_FALLBACKS_WITHIN = 3;

    private final Deque<Bracket> open = new ArrayDeque<>();
    private int fallbacks;
    private boolean parametersJustClosed;

    NestingLimit() {
        open.push(new Bracket(false));
    }

    /** Returns true inside the parentheses after {@code function}. */
    boolean inParameters() {
        return innermost().parameters;
    }

    /** Processes an operator, with the token before it. */
    void process(String operator, String before) {
        if (operator.equals("<") && parametersJustClosed) {
            throw new ProcessingException(
                    "Function signatures are not supported; write function($x){...} without <...>.");
        }
        parametersJustClosed = false;
        switch (operator) {
            case "(", "[", "{" -> open(operator.equals("(") && LAMBDA.contains(before));
            case ")", "]", "}" -> close();
            case ",", ";" -> innermost().endOfPart();
            case "?:", "??" -> fallback();
            default -> {}
        }
    }

    private Bracket innermost() {
        return open.getFirst();
    }

    private void open(boolean parameters) {
        if (open.size() > MAX_BRACKETS) {
            throw new ProcessingException("The expression nests brackets deeper than " + MAX_BRACKETS + " levels.");
        }
        open.push(new Bracket(parameters));
    }

    private void close() {
        if (open.size() > 1) {
            var closed = open.pop();
            closed.endOfPart();
            innermost().leftDepth = Math.max(innermost().leftDepth, closed.maxLeftDepth);
            parametersJustClosed = closed.parameters;
        }
    }

    /**
     * Counts an operator {@code ?:} or {@code ??}. The parser copies the left operand, so that each level of nesting in
     * left operands doubles its work.
     */
    private void fallback() {
        var bracket = innermost();
        bracket.maxLeftDepth = Math.max(bracket.maxLeftDepth, bracket.leftDepth + 1);
        bracket.leftDepth = 0;
        if (bracket.maxLeftDepth > MAX_FALLBACKS_WITHIN || ++fallbacks > MAX_FALLBACKS) {
            throw new ProcessingException(
                    ("The expression has more than %d operators ?: and ??, or nests more than %d of them in left"
                                    + " operands; use a condition ? ... : ... instead.")
                            .formatted(MAX_FALLBACKS, MAX_FALLBACKS_WITHIN));
        }
    }

    /** One pair of brackets, with the nesting of these operators in left operands. */
    private static final class Bracket {
        private final boolean parameters;
        private int leftDepth;
        private int maxLeftDepth;

        private Bracket(boolean parameters) {
            this.parameters = parameters;
        }

        private void endOfPart() {
            maxLeftDepth = Math.max(maxLeftDepth, leftDepth);
            leftDepth = 0;
        }
    }
}
