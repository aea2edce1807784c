package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Words that were replaced by the field's terms stay out of main code, of the test packages that ship, of scripts and
 * of docs. The lists are in {@code retired-words.txt} and in the last table of {@code docs/glossary.md}.
 */
class VocabularyTest {
    private static final Path PROJECT = Path.of("..");
    private static final Set<String> LEFT_OUT = Set.of("target", "test", ".git", "node_modules", "conformance");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|md|py|sh|yaml|yml|sql)|verify|breakwater|run|planted");

    /** The test packages that ship; their own tests do not. */
    private static final List<String> SHIPPED = List.of(
            "ports/src/test/java/io/breakwater/port/contract",
            "ports/src/test/java/io/breakwater/port/memory",
            "core/src/test/java/io/breakwater/core/rules",
            "core/src/test/java/io/breakwater/core/testkit");

    /** A released migration never changes: the store holds its checksum. The server still knows renamed settings. */
    private static final Pattern EXEMPT =
            Pattern.compile("glossary\\.md|V\\d+__.*\\.sql|RenamedSettings\\.java|.*Test\\.java");

    /** Words of the glossary's table that also have an ordinary meaning, or a standard one elsewhere. */
    private static final Set<String> ORDINARY = Set.of(
            "beyond",
            "near",
            "far",
            "remote",
            "mark",
            "fields",
            "figures",
            "flight",
            "kept",
            "life",
            "peer",
            "place",
            "remember",
            "room",
            "stamp",
            "wire");

    private final List<RetiredWord> words = words();

    private static List<RetiredWord> words() {
        try {
            return Stream.concat(
                            RetiredWord.ofList().stream(),
                            RetiredWord.ofGlossary(PROJECT.resolve("docs/glossary.md")).stream()
                                    .filter(word -> !ORDINARY.contains(word.word())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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

    @Test
    void plantedPartsOfNamesAreFound(@TempDir Path project) throws IOException {
        var main = Files.createDirectories(project.resolve("core/src/main/java"));
        Files.writeString(main.resolve("Planted.java"), """
                class Planted {
                    TaskService taskBook;
                    int countTurnedAway;
                    static final int NOBODY_WAITS = 1;
                    boolean notebookIsOpen;
                }
                """);

        assertThat(uses(project))
                .anySatisfy(use -> assertThat(use).contains("Planted.java:2", "'TaskBook'", "say TaskService"))
                .anySatisfy(use -> assertThat(use).contains("Planted.java:3", "'turned away'"))
                .anySatisfy(use -> assertThat(use).contains("Planted.java:4", "'nobody'"))
                .noneSatisfy(use -> assertThat(use).contains("Planted.java:5"));
    }

    @Test
    void plantedWordsOfTheGlossaryAreFound(@TempDir Path project) throws IOException {
        var docs = Files.createDirectories(project.resolve("docs"));
        Files.writeString(docs.resolve("page.md"), "The verdict of the interceptor.\nA place near the room.\n");

        assertThat(uses(project))
                .singleElement()
                .satisfies(use -> assertThat(use).contains("page.md:1", "'verdict'", "say decision"));
    }

    @Test
    void plantedWordsInShippedTestPackagesAreFound(@TempDir Path project) throws IOException {
        for (var shipped : SHIPPED) {
            var folder = Files.createDirectories(project.resolve(shipped));
            Files.writeString(folder.resolve("Planted.java"), "interface Planted {} // for nobody\n");
            Files.writeString(folder.resolve("PlantedTest.java"), "class PlantedTest {} // for nobody\n");
        }
        Files.writeString(project.resolve("core/src/test/java/Planted.java"), "interface Planted {} // for nobody\n");

        assertThat(uses(project))
                .hasSameSizeAs(SHIPPED)
                .allSatisfy(use -> assertThat(use).contains("Planted.java:1", "'nobody'"));
    }

    @Test
    void ordinaryWordsAreInTheGlossary() throws IOException {
        assertThat(RetiredWord.ofGlossary(PROJECT.resolve("docs/glossary.md")))
                .extracting(RetiredWord::word)
                .containsAll(ORDINARY);
    }

    private List<String> uses(Path project) throws IOException {
        var uses = new ArrayList<String>();
        var files = new ArrayList<>(texts(project));
        for (var shipped : SHIPPED) {
            if (Files.isDirectory(project.resolve(shipped))) {
                files.addAll(texts(project.resolve(shipped)));
            }
        }
        for (var file : files) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                var reported = new HashSet<List<String>>();
                for (var word : words) {
                    if (word.isIn(lines.get(i), file) && reported.add(word.humps())) {
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
}
