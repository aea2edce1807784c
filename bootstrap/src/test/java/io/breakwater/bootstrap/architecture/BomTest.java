package io.breakwater.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** An application imports {@code breakwater-bom} beside the BOM of its framework, which must keep its own versions. */
class BomTest {
    private static final Path ROOT = Path.of("..");

    private final Document bom = pom("bom");

    @Test
    void managesNoVersionOfAnotherProject() {
        assertThat(texts(bom, "dependency", "groupId")).isNotEmpty().containsOnly("io.breakwater");
    }

    @Test
    void inheritsNoVersions() {
        assertThat(bom.getElementsByTagName("parent").getLength()).isZero();
        assertThat(texts(bom, "dependency", "scope")).isEmpty();
    }

    @Test
    void managesEveryModule() {
        assertThat(texts(bom, "dependency", "artifactId"))
                .containsAll(modules().stream().map(BomTest::artifact).toList());
    }

    @Test
    void managesEveryTestkit() {
        var withTestkit = modules().stream()
                .filter(module ->
                        texts(pom(module), "configuration", "classifier").contains("testkit"))
                .toList();

        assertThat(withTestkit).isNotEmpty();
        assertThat(elements(bom, "dependency").stream()
                        .filter(one -> childText(one, "classifier").contains("testkit"))
                        .flatMap(one -> childText(one, "artifactId").stream()))
                .containsExactlyInAnyOrderElementsOf(
                        withTestkit.stream().map(BomTest::artifact).toList());
    }

    private static List<String> modules() {
        return elements(pom("."), "module").stream()
                .map(Element::getTextContent)
                .filter(module -> !module.equals("bom"))
                .toList();
    }

    private static String artifact(String module) {
        return "breakwater-" + module;
    }

    private static Document pom(String module) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
        } catch (Exception e) {
            throw new AssertionError("The POM of " + module + " cannot be read", e);
        }
    }

    private static List<String> texts(Document document, String parent, String child) {
        return elements(document, parent).stream()
                .flatMap(one -> childText(one, child).stream())
                .toList();
    }

    private static List<String> childText(Element parent, String name) {
        var found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .filter(child -> child.getParentNode().isSameNode(parent))
                .map(child -> child.getTextContent().strip())
                .toList();
    }

    private static List<Element> elements(Document document, String name) {
        var found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> (Element) found.item(index))
                .toList();
    }
}
