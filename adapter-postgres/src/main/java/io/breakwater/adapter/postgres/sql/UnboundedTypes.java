package io.breakwater.adapter.postgres.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds where a statement names a type whose values are made, or used, without a check for interrupts. */
final class UnboundedTypes {
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    private final List<Token> tokens;
    private final Brackets brackets;
    private final int[] starts;
    private final boolean columns;

    UnboundedTypes(List<Token> tokens, Brackets brackets) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.starts = starts(tokens);
        this.columns = tokens.stream().anyMatch(token -> token.is("JSON_TABLE") || token.is("XMLTABLE"));
    }

    /** Where the dotted name begins that each token ends, found in one pass. */
    private static int[] starts(List<Token> tokens) {
        var starts = new int[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            boolean goesOn = i > 1
                    && tokens.get(i).isName()
                    && tokens.get(i - 1).is('.')
                    && tokens.get(i - 2).isName();
            starts[i] = goesOn ? starts[i - 2] : i;
        }
        return starts;
    }

    /** The types that are refused wherever they are named. */
    Set<String> always() {
        var found = new HashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            var type = element(i);
            if (isMark(i + 1, "(") && UnboundedFunctions.MADE_BY.containsKey(type)) {
                found.add(UnboundedFunctions.MADE_BY.get(type));
            }
            if (UnboundedFunctions.TYPES.contains(type) && (isMade(i) || isCast(i) || isLiteral(i) || isCall(i))) {
                found.add(type);
            }
        }
        return found;
    }

    /** The function that makes a value of the type that the token names, or an empty text. */
    String input(int i, ShortConstants constants, boolean afterConstant) {
        var input = UnboundedFunctions.INPUTS.getOrDefault(element(i), "");
        if (input.isEmpty() || isMade(i)) {
            return input;
        }
        boolean written = isMark(starts[i] - 1, "::") && !afterConstant;
        boolean cast = !isMark(starts[i] - 1, "::") && isCast(i);
        int open = brackets.around(i);
        return written || (cast && constants.after(open + 1) != starts[i] - 1) ? input : "";
    }

    /** The name of the type, of an array's its elements'. */
    private String element(int i) {
        var token = tokens.get(i);
        if (!token.isName()) {
            return "";
        }
        return token.value().startsWith("_") ? token.value().substring(1) : token.value();
    }

    /** As a field, as a result or as a column's type: never of a constant. */
    private boolean isMade(int i) {
        return isField(i) || isResult(i) || isColumn(i);
    }

    /** {@code (x).xml}. */
    boolean isField(int i) {
        return isMark(i - 1, ".") && (isMark(i - 2, ")") || isMark(i - 2, "]"));
    }

    /** {@code JSON_VALUE(… RETURNING xml)}. */
    private boolean isResult(int i) {
        int open = brackets.around(i);
        return open > 0
                && starts[i] > 0
                && tokens.get(starts[i] - 1).is("RETURNING")
                && tokens.get(open - 1).value().startsWith("json");
    }

    /** {@code AS t (a xml)}: a name and a type in brackets that begin with no query. */
    private boolean isColumn(int i) {
        int name = starts[i] - 1;
        int open = brackets.around(i);
        return open >= 0
                && name > open
                && tokens.get(name).isName()
                && !isReserved(name)
                && (isMark(name - 1, "(") || isMark(name - 1, ","))
                && !QUERIES.contains(tokens.get(open + 1).value());
    }

    /** {@code x::xml} and {@code CAST(x AS xml)}. */
    private boolean isCast(int i) {
        int open = brackets.around(i);
        return isMark(starts[i] - 1, "::")
                || (open > 0
                        && starts[i] > 0
                        && tokens.get(starts[i] - 1).is("AS")
                        && tokens.get(open - 1).is("CAST"));
    }

    /** {@code path '…'}, but not where it says which part of a document a column takes. */
    private boolean isLiteral(int i) {
        boolean typed = i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.STRING;
        int before = starts[i] - 1;
        boolean part = columns
                && before >= 0
                && ((tokens.get(before).isName() && !isReserved(before)) || isMark(before, ")") || isMark(before, "]"));
        return typed && !part;
    }

    /** Not where a table, a common table expression or an alias names its columns. */
    private boolean isCall(int i) {
        if (!isMark(i + 1, "(")) {
            return false;
        }
        int after = brackets.closing(i + 1) + 1;
        int before = starts[i] - 1;
        boolean defines = after < tokens.size() && tokens.get(after).is("AS") && isMark(after + 1, "(");
        boolean alias = before >= 0
                && (isMark(before, ")")
                        || tokens.get(before).is("AS")
                        || tokens.get(before).is("INTO")
                        || (tokens.get(before).isName() && !isReserved(before)));
        return !defines && !alias;
    }

    private boolean isReserved(int i) {
        return tokens.get(i).kind() == Token.Kind.WORD
                && Keywords.RESERVED.contains(tokens.get(i).value());
    }

    private boolean isMark(int at, String mark) {
        return at >= 0
                && at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.MARK
                && tokens.get(at).value().equals(mark);
    }
}
