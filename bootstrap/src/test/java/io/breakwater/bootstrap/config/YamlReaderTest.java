package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static ConfigurationNode.Group read(String text) {
        return YamlReader.read("f.yaml", text, error -> {
            throw new AssertionError(error);
        });
    }

    private static String error(String text) {
        return catchThrowableOfType(UnreadableSourceException.class, () -> read(text))
                .error()
                .toString();
    }

    @Test
    void keepsTheTextOfValuesAsItWasWritten() {
        assertThat(read("version: 1.10\ncountry: no\n").get("version"))
                .isEqualTo(new ConfigurationNode.Scalar("1.10", new ValueOrigin.File("f.yaml", 1, 10)));
        assertThat(read("country: no").get("country")).extracting("text").isEqualTo("no");
    }

    @Test
    void readsNothingFromAnEmptyFile() {
        assertThat(read("").members()).isEmpty();
        assertThat(read("# only a comment\n").members()).isEmpty();
    }

    @Test
    void followsAliases() {
        var tree = read("a: &x {port: 1}\nb: *x\n");

        assertThat(tree.get("b")).isEqualTo(tree.get("a"));
    }

    @Test
    void tellsOfEveryNameWrittenTwice() {
        var errors = new ArrayList<String>();
        YamlReader.read("f.yaml", "http:\n  port: 1\n  port: 2\nhttp: {}\n", told -> errors.add(told.toString()));

        assertThat(errors)
                .containsExactly(
                        "f.yaml:3:3: 'port' is written twice, first at f.yaml:2:3",
                        "f.yaml:4:1: 'http' is written twice, first at f.yaml:1:1");
    }

    @Test
    void refusesAnAliasOfNothing() {
        assertThat(error("a: *x")).contains("f.yaml:1:4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*canary", "!canary", "!canary!x", "&canary", "!<canary> x", "! canary!"})
    void saysWhichTextsNeedQuotesAndRepeatsNothingOfThem(String written) {
        assertThat(error("password: " + written))
                .startsWith("f.yaml:1:")
                .contains("a string that begins with " + written.charAt(0) + " must be in quotes")
                .doesNotContain("canary");
        assertThat(read("password: '" + written + "'").get("password"))
                .extracting("text")
                .isEqualTo(written);
    }

    @Test
    void takesTheTagsOfYamlItself() {
        assertThat(read("version: !!str 1.10").get("version"))
                .extracting("text")
                .isEqualTo("1.10");
    }

    @Test
    void refusesMoreThanOneDocument() {
        assertThat(error("a: 1\n---\nb: 2\n")).contains("more than one document");
    }

    @Test
    void refusesAFileThatHoldsNoGroups() {
        assertThat(error("- a\n- b\n")).contains("must contain groups of settings, and this is a list");
    }

    @Test
    void refusesDepthBombs() {
        assertThat(error("a: " + "[".repeat(100_000))).contains("nested more than 32 deep");
    }

    @Test
    void refusesAliasBombs() {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 30)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ",*a" + (i - 1) + "]\n")
                        .collect(Collectors.joining());

        assertThat(error(bomb)).contains("more than 50000 values");
    }

    @Test
    void refusesAnEmptyItem() {
        assertThat(error("a:\n  - \n")).contains("an item of the list is empty");
    }

    @Test
    void refusesNamesThatAreNotText() {
        assertThat(error("? [a, b]\n: 1\n")).contains("a name must be plain text");
    }

    @Test
    void placesWhatIsNotYaml() {
        assertThat(error("a: b: c\n")).startsWith("f.yaml:1:5: this is not YAML: ");
    }
}
