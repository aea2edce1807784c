package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationMistakesTest {
    @TempDir
    Path directory;

    private ConfigFolder folder;

    @BeforeEach
    void emptyFolder() {
        folder = new ConfigFolder(directory);
    }

    @Test
    void tellsAllMistakesOfAllSourcesAtOnce() {
        folder.file("breakwater.yaml", """
                        environment: staging
                        http:
                          port: eighty
                          hots: 0.0.0.0
                        log:
                          level: loud
                        """)
                .file("breakwater-staging.yaml", "shutdown:\n  grace: soon\n")
                .variable("MCP_DEBUG", "maybe")
                .option("http.pth", "/x");

        assertThat(folder.errors())
                .containsExactly(
                        "breakwater-staging.yaml:2:10: shutdown.grace: 'soon' is not valid; write a duration"
                                + " from 0s to 1h,"
                                + " such as 250ms, 30s, 5m, 2h or 1d",
                        "breakwater.yaml:3:9: http.port: 'eighty' is not valid; write a whole number from 0 to 65535",
                        "breakwater.yaml:4:3: http.hots: there is no such setting; did you mean host?",
                        "breakwater.yaml:6:10: log.level: 'loud' is not valid; write one of error, warn, info,"
                                + " debug, trace",
                        "$MCP_DEBUG: debug: 'maybe' is not valid; write true or false",
                        "--set http.pth: http.pth: there is no such setting; did you mean http.path?");
    }

    @Test
    void aNameWrittenTwiceHidesNoOtherMistake() {
        folder.file("breakwater.yaml", "debug: true\ndebug: maybe\nhots: 1\n").variable("MCP_LOG_LEVEL", "loud");

        assertThat(folder.errors()).hasSize(4);
        assertThat(folder.errors().getFirst())
                .contains("2:1", "'debug' is written twice, first at breakwater.yaml:1:1");
    }

    @Test
    void aSectionWrittenTwiceHidesNoMistakeInEither() {
        folder.file("breakwater.yaml", """
                        health:
                          cpu: 120%
                          intervall: 3s
                        health:
                          disk: wide
                        """);

        assertThat(folder.errors())
                .hasSize(4)
                .anyMatch(error -> error.startsWith("breakwater.yaml:2:8: health.cpu: '120%'"))
                .anyMatch(error -> error.startsWith("breakwater.yaml:3:3: health.intervall: "))
                .anyMatch(error -> error.startsWith("breakwater.yaml:4:1: 'health' is written twice"))
                .anyMatch(error -> error.startsWith("breakwater.yaml:5:9: health.disk: 'wide'"));
    }

    @Test
    void checksValuesThatAnotherSourceOverrides() {
        folder.file("breakwater.yaml", "http: {port: eighty}").option("http.port", "80");

        assertThat(folder.errors()).singleElement().asString().startsWith("breakwater.yaml:1:14: http.port");
    }

    @Test
    void findsTheSectionOfASettingThatStandsElsewhere() {
        folder.file("breakwater.yaml", "port: 80\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:1:1: port: there is no such setting; did you mean http.port?");
    }

    @Test
    void understandsOtherWaysToWriteAName() {
        folder.file("breakwater.yaml", "log: {errorsFile: x}\n");

        assertThat(folder.errors()).singleElement().asString().endsWith("did you mean errors-file?");
    }

    @Test
    void namesWhatIsKnownWhenNothingIsNear() {
        folder.file("breakwater.yaml", "shutdown: {bananas: 3}\n");

        assertThat(folder.errors())
                .containsExactly(
                        "breakwater.yaml:1:12: shutdown.bananas: there is no such setting; known here: delay, grace");
    }

    @Test
    void suggestsTheWordThatWasMeant() {
        folder.variable("MCP_LOG_LEVEL", "wran");

        assertThat(folder.errors()).singleElement().asString().endsWith("trace; did you mean warn?");
    }

    @Test
    void refusesAValueWhereASectionBelongs() {
        folder.file("breakwater.yaml", "http: 8080\n");

        assertThat(folder.errors())
                .containsExactly(
                        "breakwater.yaml:1:7: http: found a single value here; write the settings of 'http' below it");
    }

    @Test
    void refusesASectionWhereAValueBelongs() {
        folder.file("breakwater.yaml", "http:\n  port:\n    number: 1\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:3:5: http.port: found a group of settings here; write a whole number"
                        + " from 0 to 65535");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        folder.named("missing.yaml");

        assertThat(folder.errors()).containsExactly("missing.yaml:1:1: the file cannot be read; it does not exist");
    }

    @Test
    void refusesOldNamesAndSaysTheNewOnes() {
        folder.file("breakwater.yaml", "limits: {human: 5m}\nhttp: {exposed: true, limits: {head-time: 5s}}\n")
                .variable("BREAKWATER_SESSIONS_MOST", "5")
                .option("redis.operation-time", "1s");

        assertThat(folder.errors())
                .containsExactlyInAnyOrder(
                        "breakwater.yaml:1:10: limits.human: there is no such setting; it is now limits.input-timeout",
                        "breakwater.yaml:2:8: http.exposed: there is no such setting; it is now http.anonymous",
                        "breakwater.yaml:2:32: http.limits.head-time: there is no such setting; it is now"
                                + " http.limits.head-timeout",
                        "$BREAKWATER_SESSIONS_MOST: there is no setting for this variable; it is now"
                                + " BREAKWATER_SESSIONS_MAX (sessions.max)",
                        "--set redis.operation-time: redis.operation-time: there is no such setting; it is now"
                                + " redis.operation-timeout");
    }

    @Test
    void theNewNameOfEachOldOneIsASetting() {
        assertThat(folder.load().sections().stream()
                        .flatMap(section -> section.settings().stream())
                        .map(EffectiveSetting::path))
                .containsAll(RenamedSettings.paths());
    }

    @Test
    void refusesVariablesThatWereMeantForASetting() {
        folder.variable("BREAKWATER_HTTP_PROT", "1")
                .variable("BREAKWATER_HTPP_PORT", "2")
                .variable("BREAKWATER_LOG_BANANAS", "3");

        assertThat(folder.errors())
                .containsExactly(
                        "$BREAKWATER_HTPP_PORT: there is no setting for this variable; did you mean"
                                + " BREAKWATER_HTTP_PORT"
                                + " (http.port)?",
                        "$BREAKWATER_HTTP_PROT: there is no setting for this variable; did you mean"
                                + " BREAKWATER_HTTP_PORT"
                                + " (http.port)?",
                        "$BREAKWATER_LOG_BANANAS: there is no setting for this variable; unset it");
    }

    @Test
    void refusesAValueGivenBothDirectlyAndByFile() {
        folder.variable("MCP_SERVER_NAME", "a").variable("MCP_SERVER_NAME_FILE", "b");

        assertThat(folder.errors())
                .containsExactly(
                        "$MCP_SERVER_NAME_FILE: server.name: MCP_SERVER_NAME is also set; set only one of the two");
    }

    @Test
    void refusesAVariableWhoseFileIsNotThere() {
        folder.variable("MCP_SERVER_NAME_FILE", "/does/not/exist");

        assertThat(folder.errors())
                .containsExactly("$MCP_SERVER_NAME_FILE: server.name: the file /does/not/exist cannot be read;"
                        + " it does not exist");
    }

    @Test
    void refusesAnEnvironmentThatWouldLeaveTheFolder() {
        folder.variable("ENVIRONMENT", "../../etc/x");

        assertThat(folder.errors()).singleElement().asString().startsWith("$ENVIRONMENT: environment: '../../etc/x'");
    }

    @Test
    void refusesOneFileForTwoLogs() {
        folder.file("breakwater.yaml", "log:\n  file: a.log\n  errors-file: a.log\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:3:16: log.errors-file: it is the same file as log.file;"
                        + " choose another file");
    }

    @Test
    void refusesAProfileThatChoosesAnother() {
        folder.file("breakwater-staging.yaml", "environment: production\n").variable("ENVIRONMENT", "staging");

        assertThat(folder.errors())
                .containsExactly(
                        "breakwater-staging.yaml:1:1: environment: a profile file cannot set it;" + " remove it here");
    }

    @Test
    void refusesHalfACertificate() {
        folder.file("breakwater.yaml", "http:\n  tls:\n    certificate: a.pem\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:3:18: http.tls.certificate: its private key is missing;"
                        + " set http.tls.key too");
    }

    @Test
    void neverShowsASecretThatDoesNotFit() {
        folder.file("secret", "canary")
                .file("breakwater.yaml", "server: {secrets: [canary]}")
                .variable(
                        "BREAKWATER_SERVER_SECRETS_FILE",
                        directory.resolve("secret").toString());

        assertThat(folder.errors())
                .hasSize(2)
                .allMatch(error -> error.endsWith("a secret of at least 32 characters"))
                .noneMatch(error -> error.contains("canary"));
    }

    @Test
    void refusesThresholdsInTheWrongOrder() {
        folder.file("breakwater.yaml", "health: {error-rate: 60%}");

        assertThat(folder.errors())
                .containsExactly("default: health.unhealthy-rate: it is below health.error-rate;"
                        + " raise it, or lower health.error-rate");
    }

    @Test
    void placesTheItemOfAListThatDoesNotFit() {
        folder.file("breakwater.yaml", "http:\n  allowed-hosts:\n    - mcp.example.com\n    - 'http://x'\n");

        assertThat(folder.errors()).singleElement().asString().startsWith("breakwater.yaml:4:7: http.allowed-hosts:");
    }

    @Test
    void tellsWhatThePartsThemselvesRefuse() {
        folder.file("breakwater.yaml", "http:\n  allowed-origins: ['http://a:99999']\n");

        assertThat(folder.errors())
                .singleElement()
                .asString()
                .startsWith("breakwater.yaml:2:21: http.allowed-origins: 'http://a:99999' is not valid");
    }

    @Test
    void goesOnCheckingWhenTheFileIsNotYaml() {
        folder.file("breakwater.yaml", "http: [\n").option("http.port", "x");

        assertThat(folder.errors()).hasSize(2);
        assertThat(folder.errors().getFirst()).startsWith("breakwater.yaml:2:1: this is not YAML: ");
    }

    @Test
    void blamesTheVariableThatHoldsTheAddressOfRedis() {
        folder.variable("REDIS_URL", "localhost:6379");

        assertThat(folder.errors())
                .containsExactly("$REDIS_URL: redis.url: it must begin with redis:// or rediss://;"
                        + " write redis://user:password@host:port/0, or rediss:// for TLS");
    }

    @Test
    void tellsEveryMistakeOfTwoLists() {
        folder.file("breakwater.yaml", """
                        http:
                          allowed-hosts: ['mcp.example.com:99999']
                          allowed-origins: ['http://a:99999', 'http://b:99999']
                        """);

        assertThat(folder.errors())
                .hasSize(3)
                .anyMatch(error -> error.startsWith("breakwater.yaml:2:19: http.allowed-hosts:"))
                .anyMatch(error -> error.startsWith("breakwater.yaml:3:21: http.allowed-origins:"));
    }

    @Test
    void tellsEveryMistakeOfAPool() {
        folder.file("breakwater.yaml", "store:\n  pool:\n    min: 9\n    max: 3\n    leak-after: 1s\n");

        assertThat(folder.errors())
                .hasSize(2)
                .anyMatch(error -> error.contains("store.pool.min: it is 9, above max, 3: set it to 3 or lower"))
                .contains("breakwater.yaml:5:17: store.pool.leak-after: it is shorter than 2s;"
                        + " write 2s or more, or 0s for never");
    }

    @Test
    void namesTheKeysOfBothSettingsThatContradictEachOther() {
        folder.file("breakwater.yaml", "database:\n  replicas:\n    lag: 1s\n    check-interval: 2s\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:3:10: database.replicas.lag: it must be longer than"
                        + " database.replicas.check-interval; otherwise no replica is ever known to be recent enough");
    }

    @Test
    void tellsEveryMistakeOfRedis() {
        folder.variable("REDIS_URL", "localhost:6379").file("breakwater.yaml", "redis: {mode: sentinel}");

        assertThat(folder.errors())
                .hasSize(2)
                .anyMatch(error -> error.contains("redis.mode: the name of the primary is missing"))
                .anyMatch(error -> error.startsWith("$REDIS_URL: redis.url: it must begin with redis://"));
    }

    @Test
    void suggestsTheEnvironmentThatWasMeant() {
        folder.file("breakwater.yaml", "environment: prodution\n").file("breakwater-production.yaml", "debug: true\n");

        assertThat(folder.errors())
                .containsExactly("breakwater.yaml:1:14: environment: there is no environment 'prodution';"
                        + " did you mean production? If not, create the file breakwater-prodution.yaml for it");
    }

    @Test
    void acceptsAnyEnvironmentThatHasAFile() {
        folder.file("breakwater-prodution.yaml", "debug: true\n").variable("ENVIRONMENT", "prodution");

        assertThat(folder.errors()).isEmpty();
    }
}
