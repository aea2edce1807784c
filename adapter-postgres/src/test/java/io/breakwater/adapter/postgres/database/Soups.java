package io.breakwater.adapter.postgres.database;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random statements out of SQL's hard parts. Some are thrown together from pieces that open, close, continue or cut
 * something; most of these no scanner takes. The others are lists of whole constants, names and signs with the same
 * pieces inside, which scanners take and the server often understands.
 */
final class Soups {
    /** What another reader may take for the end, the beginning or a part of something. */
    private static final List<String> PIECES = List.of(
            "{fn right(",
            "{fn user()}",
            "{oj a))}",
            "{oj (",
            "{d ",
            "{ts ",
            "{t ",
            "{call f()}",
            "{escape ",
            "{",
            "}",
            ")}",
            "?",
            "??",
            "?|",
            "?&",
            ";",
            "; SELECT 1",
            ";DELETE FROM t;",
            "--",
            "-- c\n",
            "-- c\r",
            "/*",
            "*/",
            "/* c */",
            "/* /* */ */",
            "$$",
            "$x$",
            "$y$",
            "$é$",
            "$1",
            "$",
            "\\",
            "\\\\",
            "(",
            ")",
            "::",
            ":=",
            "=>",
            "..",
            "\n",
            "\r",
            "\t",
            "\f",
            " ",
            " || ",
            ",",
            "a",
            "é",
            "1",
            ".5",
            "1e5",
            "0x1F",
            "E",
            "U&",
            "UESCAPE '!'",
            "SELECT",
            "COMMIT",
            "AS");

    /** What opens and closes constants and names. */
    private static final List<String> QUOTES = List.of(
            "'",
            "''",
            "\"",
            "E'",
            "e'",
            "U&'",
            "U&\"",
            "B'",
            "X'",
            "N'",
            "$$",
            "$x$",
            "$é$",
            "'a'\n'b'",
            "E'a'\n'\\''");

    /**
     * Characters above ASCII that are no part of a name in Java, or white space, or digits; PostgreSQL knows names
     * alone.
     */
    private static final int[] STRANGE = IntStream.concat(
                    IntStream.rangeClosed(0x80, 0xD7FF), IntStream.rangeClosed(0xE000, 0x1FFFF))
            .filter(c -> !Character.isJavaIdentifierPart(c)
                    || !Character.isJavaIdentifierStart(c)
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.isDigit(c)
                    || Character.isIdentifierIgnorable(c)
                    || !Character.isLetter(c))
            .toArray();

    /** Those that are most like white space, digits, quotes and signs. */
    private static final String STRANGEST =
            "\u00a0\u0085\u1680\u2003\u2028\u2029\u202f\u3000\ufeff\u200b\u0660\uff11\uff07\uff1b\uff04\u2019";

    private final Random random;

    Soups(Random random) {
        this.random = random;
    }

    /** The next one. */
    String next() {
        return random.nextInt(6) == 0 ? thrown() : listed();
    }

    private String thrown() {
        return IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> random.nextInt(3) == 0 ? one(QUOTES) : piece())
                .collect(Collectors.joining(random.nextBoolean() ? "" : " ", "SELECT ", ""));
    }

    private String listed() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> item() + name(i))
                .collect(Collectors.joining(
                        random.nextBoolean() ? "," : one(List.of(" , ", ",\n", ", -- ;?\n", "/* ' */,"))))
                .transform(
                        list -> "SELECT " + list + one(List.of("", "", " ", ";", " -- ; {fn", " /* $x$ */", "\n;;")));
    }

    private String item() {
        return random.nextInt(5) == 0
                ? constant() + one(List.of(" || ", "||", " = ", "||/* ? */")) + constant()
                : constant();
    }

    private String constant() {
        return switch (random.nextInt(12)) {
            case 0 -> "'" + inside().replace("'", "''") + "'";
            case 1 -> "E'" + inside().replace("\\", "\\\\").replace("'", random.nextBoolean() ? "\\'" : "''") + "'";
            case 2 -> "U&'" + inside().replace("\\", "\\\\").replace("'", "''") + "'";
            case 3 -> "$$" + inside().replace("$", "") + "$$";
            case 4 -> tagged("$x$");
            case 5 -> tagged("$é" + strange() + "$");
            case 6 -> "'" + inside().replace("'", "''") + "'\n'" + inside().replace("'", "''") + "'";
            case 7 -> "E'a'\n'\\' " + inside().replace("\\", "\\\\").replace("'", "\\'") + "'";
            case 8 -> "'a' -- " + inside().replace("\n", " ").replace("\r", " ") + "\n 'b'";
            case 9 -> one(List.of("B'101'", "X'1F'", "x''", "N'n'", "1.", ".5", "1e5", "1", "NULL"));
            case 10 -> "$1" + one(List.of("", "::text", " ::int", "||'?'"));
            default -> "'" + piece().replace("'", "''") + "'";
        };
    }

    private String tagged(String tag) {
        return tag + inside().replace(tag, "").replace("$", "") + one(QUOTES).replace("$", "") + tag;
    }

    /** Few of them are new, since the policy queries the catalog for each new name. */
    private String name(int column) {
        return switch (random.nextInt(128)) {
            case 0 -> " AS a" + strange() + "$x$";
            case 1 -> " AS \"" + inside().replace("\"", "\"\"") + "n\"";
            case 2 -> " AS " + strange() + strange();
            case 3, 4, 5, 6, 7, 8 -> " AS U&\"\\0061" + column + "\"";
            default -> random.nextInt(4) == 0 ? " AS a" + STRANGEST.charAt(0) + "$x$" : "";
        };
    }

    private String inside() {
        return IntStream.range(0, random.nextInt(5)).mapToObj(i -> piece()).collect(Collectors.joining());
    }

    private String piece() {
        return random.nextInt(6) == 0 ? strange() : random.nextInt(6) == 0 ? one(QUOTES) : one(PIECES);
    }

    private String strange() {
        return random.nextBoolean()
                ? String.valueOf(STRANGEST.charAt(random.nextInt(STRANGEST.length())))
                : Character.toString(STRANGE[random.nextInt(STRANGE.length)]);
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
