package io.breakwater.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A word that is used no more. */
final class RetiredWord {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z]\\w*");
    private static final Pattern HUMP = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");

    private final String word;
    private final String today;
    private final Scope scope;
    private final List<String> humps;
    private final Pattern pattern;

    /**
     * Creates a word.
     *
     * @param word as the list has it
     * @param today what to say instead
     * @param scope where it is looked for
     */
    RetiredWord(String word, String today, Scope scope) {
        this.word = word;
        this.today = today;
        this.scope = scope;
        humps = humpsOf(word);
        pattern = switch (scope) {
            case PACKAGE -> Pattern.compile("io\\.breakwater\\.[a-z.]*" + Pattern.quote(word.substring(1)) + "\\b");
            case TYPE -> Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
            case SENTENCE, GLOSSARY -> Pattern.compile("\\b" + Pattern.quote(word) + "\\b", Pattern.CASE_INSENSITIVE);
        };
    }

    /** The files in which a word is looked for. */
    enum Scope {
        /** The name of a type, in Java. */
        TYPE,
        /** The name of a package, in all files. */
        PACKAGE,
        /** A word of sentences, in all files; in Java as a part of names too. */
        SENTENCE,
        /** A word of the glossary's last table: in Java as a part of names too, and in the docs. */
        GLOSSARY
    }

    /** The words of {@code retired-words.txt}. */
    static List<RetiredWord> ofList() {
        try (var list = Objects.requireNonNull(RetiredWord.class.getResourceAsStream("retired-words.txt"))) {
            return new String(list.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.contains(" = ") && !line.startsWith("#"))
                    .map(line -> line.split(" = ", 2))
                    .map(pair -> new RetiredWord(pair[0], pair[1], scope(pair[0])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scope scope(String word) {
        if (word.startsWith(".")) {
            return Scope.PACKAGE;
        }
        return Character.isUpperCase(word.charAt(0)) ? Scope.TYPE : Scope.SENTENCE;
    }

    /** The left column of the glossary's last table, without the words that only one meaning retires. */
    static List<RetiredWord> ofGlossary(Path glossary) throws IOException {
        return Files.readString(glossary)
                .lines()
                .dropWhile(line -> !line.startsWith("| not | but |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1))
                .flatMap(cells -> Stream.of(cells[1].split(",", -1))
                        .map(word -> new RetiredWord(word.strip(), cells[2].strip(), Scope.GLOSSARY)))
                .filter(word -> !word.word().contains("("))
                .toList();
    }

    String word() {
        return word;
    }

    String today() {
        return today;
    }

    /** The word's parts in lower case, the same for {@code TurnedAway} and {@code turned away}. */
    List<String> humps() {
        return humps;
    }

    /** Whether a line of a file uses the word. */
    boolean isIn(String line, Path file) {
        if (!line.toLowerCase(Locale.ROOT).contains(humps.getFirst())) {
            return false;
        }
        boolean java = file.toString().endsWith(".java");
        boolean docs = file.toString().endsWith(".md");
        var text = docs ? LINK_TARGET.matcher(line).replaceAll("]") : line;
        return switch (scope) {
            case PACKAGE -> isWordOf(text);
            case TYPE -> java && (isWordOf(text) || (humps.size() > 1 && isPartOfName(text)));
            case SENTENCE -> isWordOf(text) || (java && isPartOfName(text));
            case GLOSSARY -> ((java || docs) && isWordOf(text)) || (java && isPartOfName(text));
        };
    }

    private boolean isWordOf(String text) {
        return pattern.matcher(text).find();
    }

    /**
     * Whether a name has the word's humps in sequence: {@code turned away} is a part of {@code countTurnedAway}. The name
     * of a type is no part of a constant, such as {@code TOOL_ERROR}.
     */
    private boolean isPartOfName(String text) {
        return IDENTIFIER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(name -> scope != Scope.TYPE || !name.equals(name.toUpperCase(Locale.ROOT)))
                .anyMatch(name -> Collections.indexOfSubList(humpsOf(name), humps) >= 0);
    }

    private static List<String> humpsOf(String name) {
        return HUMP.matcher(name)
                .results()
                .map(hump -> hump.group().toLowerCase(Locale.ROOT))
                .toList();
    }
}
