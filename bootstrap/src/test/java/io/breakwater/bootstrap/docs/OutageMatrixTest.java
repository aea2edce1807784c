package io.breakwater.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.breakwater.core.rules.Plant;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.sample.docs.WrittenPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each guard declares what happens in outages, each declaration has a test, and the page says the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageMatrixTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path DOCS = PROJECT.resolve("docs");

    private static final String DECLARATION = """
            package io.breakwater.adapter.planted;
            @io.breakwater.port.outage.OutageBehavior(
                guard = "planted guard", dependency = io.breakwater.port.outage.GuardDependency.REDIS, failure = "down",
                effect = io.breakwater.port.outage.OutageEffect.DENY, behavior = "Calls fail.", recovery = "It ends.",
                signal = "-", details = "redis.md")
            class %s {}
            """;

    private static final String COVER = """
            package io.breakwater.adapter.planted;
            class PlantedTest {
                %s
                @io.breakwater.sample.outage.CoversOutage("%s")
                void refuses() {}
            }
            """;

    private static final String TEST = "@org.junit.jupiter.api.Test";
    private static final String NAME = "planted guard: Redis down";

    private final OutageMatrix matrix = new OutageMatrix(classes("target/classes"), classes("target/test-classes"));

    /** Imports the classes in this folder of each module, and none of those that they use. */
    private static JavaClasses classes(String folder) {
        try (var modules = Files.list(PROJECT)) {
            var folders = modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .toList();
            return ArchConfiguration.withThreadLocalScope(configuration -> {
                configuration.setResolveMissingDependenciesFromClassPath(false);
                return new ClassFileImporter().importPaths(folders);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDeclarationHasATestAndEveryTestADeclaration() {
        assertThat(matrix.faults()).isEmpty();
    }

    @Test
    void everyDependencyHasADeclaration() {
        assertThat(matrix.cells())
                .extracting(OutageCell::dependency)
                .containsAll(Arrays.asList(GuardDependency.values()));
    }

    @Test
    void thePageShowsTheDeclarations() throws IOException {
        new WrittenPart("reliability.md", "after a change. -->\n", "\n<!-- end of the matrix -->")
                .assertIs(matrix.tables());
    }

    @Test
    void everyDeclarationLinksToAHeadingThatExists() {
        assertThat(matrix.cells()).allSatisfy(cell -> {
            var link = cell.declared().details().split("#", 2);
            var page = DOCS.resolve(link[0]);
            assertThat(page).as(cell.name()).exists();
            if (link.length > 1) {
                assertThat(anchors(page)).as(cell.name()).contains(link[1]);
            }
        });
    }

    /** The anchors that GitHub gives to headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N}\\- _]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void aPlantedDeclarationWithoutATestIsFound() {
        assertThat(faults(Plant.of(DECLARATION.formatted("Planted")), Plant.of(COVER.formatted(TEST, "another"))))
                .anySatisfy(fault -> assertThat(fault).contains("No test covers '" + NAME + "'", "Planted declares"));
    }

    @Test
    void aPlantedTestOfAnUnknownOutageIsFound() {
        assertThat(faults(Plant.of(DECLARATION.formatted("Planted")), Plant.of(COVER.formatted(TEST, "another"))))
                .anySatisfy(fault -> assertThat(fault)
                        .contains("PlantedTest.refuses()", "covers 'another', which no class declares"));
    }

    @Test
    void aPlantedMethodThatIsNoTestIsFound() {
        assertThat(faults(Plant.of(DECLARATION.formatted("Planted")), Plant.of(COVER.formatted("", NAME))))
                .singleElement()
                .asString()
                .contains("PlantedTest.refuses() covers an outage and is not a test");
    }

    @Test
    void aPlantedSecondDeclarationIsFound() {
        assertThat(faults(
                        Plant.of(DECLARATION.formatted("Planted"), DECLARATION.formatted("Twin")),
                        Plant.of(COVER.formatted(TEST, NAME))))
                .singleElement()
                .asString()
                .contains("declares '" + NAME + "' a second time");
    }

    private static List<String> faults(JavaClasses main, JavaClasses tests) {
        return new OutageMatrix(main, tests).faults();
    }
}
