package io.breakwater.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Words that were replaced by the field's terms stay out of main code, scripts and docs. The list is in
 * {@code retired-words.txt}; {@code docs/glossary.md} has the terms.
 */
class VocabularyTest {
    private static final Path PROJECT = Path.of("..");
    private static final Set<String> LEFT_OUT = Set.of("target", "test", ".git", "node_modules", "conformance");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|md|py|sh|yaml|yml|sql)|verify|breakwater|run|planted");

    /** A released migration never changes: the store holds its checksum. */
    private static final Pattern EXEMPT = Pattern.compile("glossary\\.md|V\\d+__.*\\.sql");

    private final List<RetiredWord> words = RetiredWord.list();

    @Test
    void retiredWordsStayOut() throws IOException {
        assertThat(uses(PROJECT)).isEmpty();
    }

    @Test
    void plantedWordsAreFound(@TempDir Path project) throws IOException {
        var main = Files.createDirectories(project.resolve("core/src/main/java"));
        Files.writeString(main.resolve("Planted.java"), """
                package io.breakwater.core.recall;

                /** Whoever calls it. */
                class Planted { House house; }
                """);
        Files.writeString(Files.createDirectories(project.resolve("docs")).resolve("page.md"), "Nobody waits.\n");

        assertThat(uses(project))
                .hasSize(4)
                .anySatisfy(use -> assertThat(use).contains("Planted.java:1", "'.recall'", "say cache"))
                .anySatisfy(use -> assertThat(use).contains("Planted.java:3", "'whoever'"))
                .anySatisfy(use -> assertThat(use).contains("Planted.java:4", "'House'", "say ServerGraph"))
                .anySatisfy(use -> assertThat(use).contains("page.md:1", "'nobody'"));
    }

    private List<String> uses(Path project) throws IOException {
        var uses = new ArrayList<String>();
        for (var file : texts(project)) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                for (var word : words) {
                    if (word.isIn(lines.get(i), file)) {
                        uses.add("%s:%d uses the retired word '%s': say %s."
                                .formatted(project.relativize(file), i + 1, word.word(), word.today()));
                    }
                }
            }
        }
        return uses;
    }

    private static List<Path> texts(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        try (Stream<Path> children = Files.list(folder)) {
            for (var child : children.sorted().toList()) {
                var name = child.getFileName().toString();
                if (Files.isDirectory(child)) {
                    found.addAll(LEFT_OUT.contains(name) ? List.of() : texts(child));
                } else if (TEXT.matcher(name).matches() && !EXEMPT.matcher(name).matches()) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    /**
     * A word that is used no more.
     *
     * @param word as the list has it
     * @param today what to say instead
     * @param pattern where it is found in a line
     */
    private record RetiredWord(String word, String today, Pattern pattern) {

        static List<RetiredWord> list() {
            try (var list = Objects.requireNonNull(VocabularyTest.class.getResourceAsStream("retired-words.txt"))) {
                return new String(list.readAllBytes(), UTF_8)
                        .lines()
                        .filter(line -> line.contains(" = ") && !line.startsWith("#"))
                        .map(line -> line.split(" = ", 2))
                        .map(pair -> new RetiredWord(pair[0], pair[1], pattern(pair[0])))
                        .toList();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Pattern pattern(String word) {
            var quoted = Pattern.quote(word);
            if (word.startsWith(".")) {
                return Pattern.compile("io\\.breakwater\\.[a-z.]*" + Pattern.quote(word.substring(1)) + "\\b");
            }
            return isType(word)
                    ? Pattern.compile("\\b" + quoted + "\\b")
                    : Pattern.compile("\\b" + quoted + "\\b", Pattern.CASE_INSENSITIVE);
        }

        private static boolean isType(String word) {
            return Character.isUpperCase(word.charAt(0));
        }

        boolean isIn(String line, Path file) {
            boolean java = file.toString().endsWith(".java");
            return (java || !isType(word)) && pattern.matcher(line).find();
        }
    }
}
