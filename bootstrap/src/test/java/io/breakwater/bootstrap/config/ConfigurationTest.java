package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpSettings;
import io.breakwater.port.Json;
import io.breakwater.server.Capacity;
import io.breakwater.server.Capacity.Limit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    Path directory;

    private ConfigFolder folder;

    @BeforeEach
    void emptyFolder() {
        folder = new ConfigFolder(directory);
    }

    @Test
    void needsNothingAtAll() {
        var settings = folder.load().settings();

        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.environment()).isEqualTo("development");
    }

    @Test
    void readsTheFileInTheFolder() {
        folder.file("breakwater.yaml", "http:\n  port: 9001\n");

        assertThat(folder.load().settings().http().port()).isEqualTo(9001);
    }

    @Test
    void readsJsonToo() {
        folder.file("mine.json", "{\"http\": {\"port\": 9001}, \"server\": {\"name\": \"shop\"}}")
                .named("mine.json");

        assertThat(folder.load().settings().http().port()).isEqualTo(9001);
        assertThat(folder.load().settings().server().name()).isEqualTo("shop");
    }

    @Test
    void readsTheFileTheEnvironmentNames() {
        folder.file("other.yaml", "http: {port: 9001}").variable("BREAKWATER_CONFIG", "other.yaml");

        assertThat(folder.load().settings().http().port()).isEqualTo(9001);
    }

    @Test
    void prefersTheFileTheCommandLineNames() {
        folder.file("a.yaml", "http: {port: 1}")
                .file("b.yaml", "http: {port: 2}")
                .variable("BREAKWATER_CONFIG", "a.yaml")
                .named("b.yaml");

        assertThat(folder.load().settings().http().port()).isEqualTo(2);
    }

    @Test
    void laysTheProfileOverTheFile() {
        folder.file("breakwater.yaml", "environment: staging\nhttp:\n  port: 9001\n  path: /tools\n")
                .file("breakwater-staging.yaml", "http:\n  port: 9002\n");

        var http = folder.load().settings().http();

        assertThat(http.port()).isEqualTo(9002);
        assertThat(http.path()).isEqualTo("/tools");
    }

    @Test
    void takesTheProfileOfTheEnvironmentVariable() {
        folder.file("breakwater-production.yaml", "http: {port: 9002}").variable("ENVIRONMENT", "production");

        assertThat(folder.load().settings().http().port()).isEqualTo(9002);
        assertThat(folder.load().settings().environment()).isEqualTo("production");
    }

    @Test
    void laysVariablesOverFilesAndOptionsOverVariables() {
        folder.file("breakwater.yaml", "http: {port: 1, path: /a, host: host-a}")
                .variable("BREAKWATER_HTTP_PORT", "2")
                .variable("BREAKWATER_HTTP_PATH", "/b")
                .option("http.port", "3");

        assertThat(folder.load().settings().http())
                .extracting(HttpSettings::port, HttpSettings::path, HttpSettings::host)
                .containsExactly(3, "/b", "host-a");
    }

    @Test
    void onePrincipalMayHaveHalfOfWhatIsKeptUnlessSaidOtherwise() {
        folder.option("sessions.max", "10")
                .option("tasks.max-per-principal", "7")
                .option("subscriptions.max", "8")
                .option("subscriptions.max-per-principal", "8");

        var capacity = folder.load().settings().capacity();

        assertThat(capacity.sessions()).isEqualTo(new Limit(10, 5));
        assertThat(capacity.tasks())
                .isEqualTo(new Limit(Capacity.STANDARD.tasks().total(), 7));
        assertThat(capacity.subscriptions()).isEqualTo(new Limit(8, 8));
    }

    @Test
    void takesTheLastOfTwoOptions() {
        folder.option("http.port", "1").option("http.port", "2");

        assertThat(folder.load().settings().http().port()).isEqualTo(2);
    }

    @Test
    void tellsWhereEachValueWasWritten() {
        folder.file("breakwater.yaml", "http:\n  port: 9001\n  path: /tools\n")
                .variable("MCP_SERVER_NAME", "shop")
                .option("http.port", "9002");

        var settings = folder.load().sections().stream()
                .flatMap(section -> section.settings().stream())
                .toList();

        assertThat(settings)
                .extracting(
                        EffectiveSetting::path,
                        EffectiveSetting::value,
                        setting -> setting.origin().toString())
                .contains(
                        org.assertj.core.groups.Tuple.tuple("http.port", Json.of(9002), "--set http.port"),
                        org.assertj.core.groups.Tuple.tuple("http.path", Json.of("/tools"), "breakwater.yaml:3:9"),
                        org.assertj.core.groups.Tuple.tuple("http.host", Json.of("127.0.0.1"), "default"),
                        org.assertj.core.groups.Tuple.tuple("server.name", Json.of("shop"), "$MCP_SERVER_NAME"));
    }

    @Test
    void takesAnEmptyValueAsNotSet() {
        folder.file("breakwater.yaml", "http:\n  port:\nserver:\nlog: ~\n").variable("MCP_SERVER_NAME", "");

        var settings = folder.load().settings();

        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.server().name()).isEqualTo("breakwater");
    }

    @Test
    void readsAValueFromTheFileAVariableNames() {
        folder.file("name", "shop\n")
                .variable("MCP_SERVER_NAME_FILE", directory.resolve("name").toString());

        assertThat(folder.load().settings().server().name()).isEqualTo("shop");
    }

    @Test
    void prefersTheSystematicVariableToTheOlderName() {
        folder.variable("BREAKWATER_SERVER_NAME", "new").variable("MCP_SERVER_NAME", "old");

        assertThat(folder.load().settings().server().name()).isEqualTo("new");
    }

    @Test
    void ignoresVariablesThatKubernetesSetsForAServiceOfOurName() {
        folder.variable("BREAKWATER_HTTP_SERVICE_HOST", "10.0.0.1")
                .variable("BREAKWATER_HTTP_SERVICE_PORT", "80")
                .variable("BREAKWATER_HTTP_PORT", "tcp://10.0.0.1:80")
                .variable("BREAKWATER_HTTP_PORT_80_TCP_ADDR", "10.0.0.1");

        assertThat(folder.load().settings().http().port()).isEqualTo(8080);
    }

    @Test
    void ignoresVariablesOfItsLauncher() {
        folder.variable("BREAKWATER_JAVA_OPTS", "-Xmx1g").variable("PATH", "/bin");

        assertThat(folder.errors()).isEmpty();
    }

    @Test
    void readsSecretsFromAFileOneALine() {
        folder.file("secrets", "a".repeat(32) + "\n" + "b".repeat(32) + "\n")
                .variable(
                        "BREAKWATER_SERVER_SECRETS_FILE",
                        directory.resolve("secrets").toString());

        var configuration = folder.load();

        assertThat(configuration.settings().server().secrets())
                .containsExactly(SecretValue.of("a".repeat(32)), SecretValue.of("b".repeat(32)));
        assertThat(YamlWriter.effective(configuration.sections()))
                .contains("secrets: [\"******\", \"******\"]  # $BREAKWATER_SERVER_SECRETS_FILE");
    }

    @Test
    void theOlderNameForTheSizeOfRequestsHoldsForEveryTransport() {
        folder.variable("MAX_REQUEST_SIZE", "2MiB");

        var settings = folder.load().settings();

        assertThat(settings.http().limits().bodyBytes()).isEqualTo(2 << 20);
        assertThat(settings.stdio().maxLine()).isEqualTo(2 << 20);
    }

    @Test
    void theOlderNameForTheLifeOfKeptResultsCountsSeconds() {
        folder.variable("CACHE_TTL", "60");

        assertThat(folder.load().settings().cache().ttl()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void debugLowersTheLevelUnlessOneIsGiven() {
        folder.variable("MCP_DEBUG", "true");
        assertThat(folder.load().settings().log().level()).isEqualTo(LogSettings.Level.DEBUG);

        folder.variable("MCP_LOG_LEVEL", "WARN");
        assertThat(folder.load().settings().log().level()).isEqualTo(LogSettings.Level.WARN);
    }

    @ParameterizedTest
    @CsvSource({"WARNING, WARN", "warning, WARN", "CRITICAL, ERROR", "critical, ERROR"})
    void readsTheLevelNamesOfOtherLoggers(String written, LogSettings.Level level) {
        folder.variable("MCP_LOG_LEVEL", written);

        assertThat(folder.load().settings().log().level()).isEqualTo(level);
    }
}
