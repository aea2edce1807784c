package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ClosestWord;
import io.breakwater.core.business.processing.ProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an expression before the evaluator does, as its tokenizer would, and
 *
 * <ul>
 *   <li>replaces literals of regular expressions by variables, so that {@link Regex} runs them, which ends, and not the
 *       evaluator, which may not;
 *   <li>refuses names that are neither functions nor assigned anywhere, with a guess at what was meant;
 *   <li>refuses what its parser cannot bear: the hooks by which an evaluation is bounded are variables too and could be
 *       assigned, parsing copies the left side of {@code ?:} and {@code ??} each time, signatures of functions are
 *       regular expressions.
 * </ul>
 *
 * Should this reader ever see a token differently than the evaluator, nothing is lost: what slips through here is
 * refused when it is evaluated ({@code EvaluationSandbox}).
 */
final class ExpressionReader {
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final List<String> LONG_OPERATORS = List.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in");
    private static final String RESERVED = "__";
    /** The parser makes {@code a ?? b} a call of this function. */
    private static final String FUNCTION_BEHIND_FALLBACKS = "exists";

    private static final int MAX_PATTERNS = 100;

    private final String source;
    private final StringBuilder rewritten;
    private final NestingLimit nesting = new NestingLimit();
    private final List<Regex> patterns = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> assigned = new LinkedHashSet<>();
    private String lastVariable = "";
    private String lastToken = "";
    private boolean member;
    private boolean operandExpected = true;
    private int at;

    private ExpressionReader(String source) {
        this.source = source;
        this.rewritten = new StringBuilder(source);
    }

    /**
     * Makes an expression ready.
     *
     * @throws ProcessingException when it cannot be evaluated safely, or names what does not exist
     */
    static Expression read(String source) {
        var reader = new ExpressionReader(source);
        while (reader.at < source.length()) {
            reader.next(source.charAt(reader.at));
        }
        return new Expression(reader.rewritten.toString(), reader.functions(), reader.patterns);
    }

    private Set<String> functions() {
        var offered = FunctionLibrary.names();
        for (var name : used) {
            if (!name.isEmpty() && !name.equals("$") && !offered.contains(name) && !assigned.contains(name)) {
                var known = new TreeSet<>(offered);
                known.addAll(assigned);
                throw new ProcessingException("The expression uses $%s, which is neither a function nor assigned%s."
                        .formatted(name, ClosestWord.hint(name, known)));
            }
        }
        used.retainAll(offered);
        used.add(FUNCTION_BEHIND_FALLBACKS);
        return used;
    }

    private void next(char c) {
        if (" \t\n\r".indexOf(c) >= 0) {
            at++;
        } else if (source.startsWith("/*", at)) {
            at = after("*/", at + 2);
        } else if (c == '/' && operandExpected) {
            regex();
        } else if (OPERATORS.indexOf(c) >= 0) {
            operator();
        } else if (c == '"' || c == '\'') {
            at = endOfText(c);
            operand("text");
        } else if (c == '`') {
            int start = at + 1;
            at = after("`", start);
            operand(source.substring(start, Math.max(start, at - 1)));
        } else {
            word();
        }
    }

    private void operand(String token) {
        member = lastToken.equals(".");
        lastToken = token;
        operandExpected = false;
    }

    private int after(String end, int from) {
        int found = source.indexOf(end, from);
        return found < 0 ? source.length() : found + end.length();
    }

    private int endOfText(char quote) {
        int i = at + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, source.length());
    }

    private void word() {
        int start = at;
        while (at < source.length()
                && " \t\n\r".indexOf(source.charAt(at)) < 0
                && OPERATORS.indexOf(source.charAt(at)) < 0) {
            at++;
        }
        var word = source.substring(start, at);
        if (word.charAt(0) == '$') {
            variable(word.substring(1));
        } else if (WORD_OPERATORS.contains(word) && !operandExpected) {
            lastToken = word;
            operandExpected = true;
        } else {
            operand(word);
        }
    }

    private void variable(String name) {
        if (name.startsWith(RESERVED)) {
            throw new ProcessingException(
                    "Names that begin with $__ are reserved; call $%s otherwise.".formatted(name));
        }
        used.add(name);
        if (lastToken.equals("@") || lastToken.equals("#") || nesting.inParameters()) {
            assigned.add(name);
        }
        lastVariable = name;
        operand("variable");
    }

    private void operator() {
        var operator = LONG_OPERATORS.stream()
                .filter(candidate -> source.startsWith(candidate, at))
                .findFirst()
                .orElseGet(() -> source.substring(at, at + 1));
        if (operator.equals("(") && !operandExpected && !callable()) {
            throw new ProcessingException(
                    "'%s' stands before a parenthesis but is no function; functions begin with a $%s."
                            .formatted(lastToken, ClosestWord.hint(lastToken, FunctionLibrary.names())));
        }
        nesting.see(operator, lastToken);
        if (operator.equals(":=") && lastToken.equals("variable")) {
            assigned.add(lastVariable);
        }
        operandExpected = leavesOperandExpected(operator);
        lastToken = operator;
        at += operator.length();
    }

    /** The evaluator would print what is no function to the console, data and all. */
    private boolean callable() {
        return member
                || lastToken.equals("variable")
                || ")]}".contains(lastToken)
                || NestingLimit.LAMBDA.contains(lastToken);
    }

    /** {@code * ** %} are operators or operands, {@code ?} is an operand where an argument is left open. */
    private boolean leavesOperandExpected(String operator) {
        return switch (operator) {
            case ")", "]", "}" -> false;
            case "*", "**", "%", "?" -> !operandExpected;
            default -> true;
        };
    }

    private void regex() {
        int start = at;
        int end = RegexLiteral.end(source, start + 1);
        int flags = end + 1;
        at = flags;
        while (at < source.length() && (source.charAt(at) == 'i' || source.charAt(at) == 'm')) {
            at++;
        }
        if (patterns.size() == MAX_PATTERNS) {
            throw new ProcessingException("The expression has more than " + MAX_PATTERNS + " regular expressions.");
        }
        var variable = "$" + Expression.patternName(patterns.size());
        rewritten.replace(start, at, variable + " ".repeat(at - start - variable.length()));
        patterns.add(Regex.compile(source.substring(start + 1, end), source.substring(flags, at)));
        operand("variable");
    }
}
