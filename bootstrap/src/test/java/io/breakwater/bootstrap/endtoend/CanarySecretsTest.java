package io.breakwater.bootstrap.endtoend;

import static io.breakwater.bootstrap.endtoend.PasswordProtectedServers.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The passwords of the database, its replica, the store and Redis, and the server's own secret, are seen by nobody, at
 * the most talkative level of the log, whatever is asked and whatever goes wrong.
 */
class CanarySecretsTest {

    @Test
    void areNotSeenWhenTheyAreWrong() throws Exception {
        try (var vault = new PasswordProtectedServers();
                var server = RunningServer.start(talkative(vault.wrongAddresses()));
                var interview = new LeakScan(server)) {
            interview.ask();

            assertThat(interview.query("SELECT id FROM parcel")).contains("EXTERNAL_ERROR");
            assertThat(interview.call("check_dependencies", Json.Obj.EMPTY))
                    .contains("the server rejects the password (SQLSTATE 28P01)")
                    .contains("Redis refuses the user or the password");
            assertUnseen(server, interview);
        }
    }

    @Test
    void areNotSeenWhileAllIsWellNorWhenAllVanishes() throws Exception {
        try (var vault = new PasswordProtectedServers();
                var server = RunningServer.start(talkative(vault.addressesInFiles()));
                var interview = new LeakScan(server)) {
            interview.ask();
            assertThat(interview.query("SELECT id FROM parcel")).contains("\"row_count\":1");
            assertThat(interview.call("check_dependencies", Json.Obj.EMPTY)).doesNotContain("\"down\"");

            vault.vanish();
            interview.ask();
            assertThat(interview.query("SELECT id FROM parcel")).contains("EXTERNAL_ERROR");
            assertUnseen(server, interview);
        }
    }

    private static Map<String, String> talkative(Map<String, String> addresses) {
        var variables = new HashMap<>(addresses);
        variables.put("BREAKWATER_DATABASE_REPLICAS_URLS", "postgresql://ann:canary-replica@127.0.0.1:1/shop");
        variables.put("BREAKWATER_SERVER_SECRETS", "canary-that-is-at-least-32-bytes-long");
        variables.put("MCP_LOG_LEVEL", "trace");
        variables.put("BREAKWATER_LOG_REQUESTS", "all");
        variables.put("BREAKWATER_DATABASE_POOL_ACQUIRE_TIMEOUT", "500ms");
        variables.put("BREAKWATER_STORE_POOL_ACQUIRE_TIMEOUT", "500ms");
        variables.put("BREAKWATER_HEALTH_FRESHNESS", "0s");
        return variables;
    }

    private static void assertUnseen(RunningServer server, LeakScan interview) throws IOException {
        assertThat(interview.answers())
                .hasSizeGreaterThan(25)
                .filteredOn(CanarySecretsTest::seen)
                .isEmpty();
        assertThat(server.log().lines())
                .hasSizeGreaterThan(25)
                .filteredOn(CanarySecretsTest::seen)
                .isEmpty();
    }

    private static boolean seen(String text) {
        return text.toLowerCase(Locale.ROOT).contains(CANARY);
    }

    @Test
    void areNotSeenInTheConfigurationThatIsShown() throws Exception {
        try (var vault = new PasswordProtectedServers()) {
            assertThat(output(vault.addresses(), "config", "show"))
                    .contains("******")
                    .doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, postgresql://ann:12/canary@127.0.0.1/shop, database.url",
        "DATABASE_URL, postgresql://ann:12?canary@127.0.0.1/shop, database.url",
        "STORE_URL,    postgresql://ann:canary%zz@127.0.0.1/shop, store.url",
        "REDIS_URL,    redis:/canary@127.0.0.1,                   redis",
        "REDIS_URL,    redis://ann:canary%zz@127.0.0.1,           redis",
        "REDIS_URL,    redis://canary@127.0.0.1,                  redis"
    })
    void areNotSeenWhenTheAddressIsNone(String variable, String address, String setting) throws Exception {
        assertThat(output(Map.of(variable, address), "serve", "--port", "0"))
                .contains(setting)
                .doesNotContain(CANARY);
    }

    /** All that a command says which ends by itself. */
    private static String output(Map<String, String> variables, String... words) throws Exception {
        var builder = new ProcessBuilder(Distribution.command(words))
                .directory(Scratch.folder("breakwater-canary").toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(variables);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
