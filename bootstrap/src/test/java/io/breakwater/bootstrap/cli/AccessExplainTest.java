package io.breakwater.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.breakwater.adapter.http.ManagementKey;
import io.breakwater.bootstrap.lifecycle.StopSignal;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessExplainTest {
    private static final Pattern MANAGEMENT = Pattern.compile("Serving management pages on (http://[^\"\\s]+)");
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final String RULES = """
            access:
              rules:
                - {name: operators, effect: allow, tools: ["*"], resources: ["health://*"], roles: [operator]}
                - {name: no metrics, effect: deny, tools: [get_metrics]}
                - name: small data
                  effect: allow
                  tools: [process_data]
                  scopes: [data:run]
                  arguments: [{argument: /note, max-length: 3}]
            """;

    @TempDir
    private Path folder = Path.of("");

    private CommandRun breakwater = new CommandRun(folder);
    private CommandRun server = new CommandRun(folder);
    private CompletableFuture<Integer> running = CompletableFuture.completedFuture(0);
    private Path key = folder;

    @BeforeEach
    void configuration() throws IOException {
        key = folder.resolve("management.key");
        breakwater = new CommandRun(folder).variable("BREAKWATER_MANAGEMENT_KEY_FILE", key.toString());
        server = new CommandRun(folder).variable("BREAKWATER_MANAGEMENT_KEY_FILE", key.toString());
        Files.writeString(folder.resolve("breakwater.yaml"), RULES);
    }

    @AfterEach
    void stop() throws Exception {
        if (!running.isDone()) {
            server.signal(StopSignal.TERM);
            running.get(Eventually.SECONDS, TimeUnit.SECONDS);
        }
    }

    private String explain(String... words) {
        var all = new String[words.length + 2];
        all[0] = "access";
        all[1] = "explain";
        System.arraycopy(words, 0, all, 2, words.length);
        assertThat(breakwater.run(all)).as(breakwater::err).isZero();
        return breakwater.out();
    }

    @Test
    void printsWhatAPrincipalMayDo() {
        assertThat(explain("--as", "ann", "--role", "operator").lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "kind | name | access | decided by",
                        "tool | health_check | allowed | rule \"operators\"",
                        "tool | get_metrics | denied | rule \"no metrics\"",
                        "resource | health://status | allowed | rule \"operators\"",
                        "resource | config://effective | denied | no rule allows it",
                        "prompt | diagnose_health | denied | no rule allows it");
        assertThat(explain("--as", "ann").lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "tool | health_check | denied | no rule allows it",
                        "tool | process_data | needs scopes data:run, for some arguments | rule \"small data\"");
    }

    @Test
    void printsOneDecisionWithTheRules() {
        var all = explain("--as", "ann", "--scope", "data:run", "--tool", "process_data");
        assertThat(all)
                .startsWith("ann: tool process_data: allowed, for some arguments, decided by: rule \"small data\".")
                .contains("Add --arguments JSON");
        assertThat(all.lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "rule | effect | caller | target | arguments",
                        "operators | allow | no | yes | yes",
                        "no metrics | deny | yes | no | yes",
                        "small data | allow | yes | yes | possible");

        assertThat(explain(
                        "--as",
                        "ann",
                        "--scope",
                        "data:run",
                        "--tool",
                        "process_data",
                        "--arguments",
                        "{\"note\":\"x\"}"))
                .startsWith("ann: tool process_data: allowed, decided by: rule \"small data\".");
        assertThat(explain(
                        "--as",
                        "ann",
                        "--scope",
                        "data:run",
                        "--tool",
                        "process_data",
                        "--arguments",
                        "{\"note\":\"long\"}"))
                .startsWith("ann: tool process_data: denied, decided by: no rule allows it.");
        assertThat(explain("--as", "ann", "--role", "operator", "--resource", "health://status"))
                .startsWith("ann: resource health://status: allowed");
        assertThat(explain("--as", "ann", "--prompt", "diagnose_health")).contains("denied");
    }

    @Test
    void everyPartOfAPrincipalCounts() throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), """
                access:
                  rules:
                    - name: exact
                      effect: allow
                      tools: [health_check]
                      subjects: [ann]
                      issuers: [https://id.example.com]
                      tenants: [acme]
                      kinds: [user-via-client]
                      claims: {level: 5}
                    - {name: programs, effect: allow, tools: [get_metrics], kinds: [client]}
                """);
        assertThat(explain(
                        "--as",
                        "ann",
                        "--issuer",
                        "https://id.example.com",
                        "--tenant",
                        "acme",
                        "--client",
                        "desktop",
                        "--claim",
                        "level=5",
                        "--tool",
                        "health_check"))
                .contains("allowed, decided by: rule \"exact\"");
        assertThat(explain("--as", "ann", "--tool", "health_check")).contains("denied");
        assertThat(explain("--as", "agent", "--program", "--tool", "get_metrics"))
                .contains("rule \"programs\"");
    }

    @Test
    void aKeyOrATokenNamesTheCallerWithItsRights() throws IOException {
        var keys = folder.resolve("keys.json");
        breakwater.variable("BREAKWATER_AUTH_API_KEYS_FILE", keys.toString());
        assertThat(breakwater.run("key", "new", "--name", "agent", "--role", "operator"))
                .as(breakwater::err)
                .isZero();
        var matcher = Pattern.compile("bw_([a-z0-9]+)\\.[A-Za-z0-9_-]+").matcher(breakwater.out());
        assertThat(matcher.find()).isTrue();
        Files.writeString(folder.resolve("key.txt"), matcher.group() + "\n");
        Files.writeString(folder.resolve("other.txt"), "bw_abcdefgh.unknown");

        for (var caller : List.of(
                List.of("--key", "agent"), List.of("--key", matcher.group(1)), List.of("--token", "@key.txt"))) {
            assertThat(explain(caller.getFirst(), caller.getLast(), "--tool", "health_check"))
                    .startsWith("agent (issuer api-key, a program): tool health_check: allowed, decided by: rule"
                            + " \"operators\".");
        }
        assertThat(breakwater.run("access", "explain", "--token", "@other.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(breakwater.err())
                .contains("The server would refuse this credential: unknown key (The text is not a complete API key,");
        assertThat(explain("--token", "@key.txt", "--tool", "health_check"))
                .contains("The caller has the roles: operator; scopes: none.");
        assertThat(explain("--token", "@key.txt"))
                .startsWith("agent (issuer api-key, a program): roles: operator; scopes: none\n\nkind");
    }

    @Test
    void scriptsGetJson() {
        var all = (Json.Obj) Json.parse(explain("--as", "ann", "--output", "json"));
        assertThat(all.text("principal")).isEqualTo("ann");
        assertThat(String.valueOf(all.get("targets")))
                .contains("{\"kind\":\"tool\",\"name\":\"get_metrics\",\"decision\":\"denied\"")
                .contains(
                        "\"decision\":\"scopes_required\",\"rule\":\"rule \\\"small data\\\"\",\"scopes\":[\"data:run\"],"
                                + "\"depends_on_arguments\":true}");

        var one = (Json.Obj) Json.parse(explain("--as", "ann", "--tool", "get_metrics", "-o", "json"));
        assertThat(one.text("rule")).isEqualTo("rule \"no metrics\"");
        assertThat(String.valueOf(one.get("rules")))
                .contains("{\"name\":\"no metrics\",\"effect\":\"deny\",\"caller\":\"yes\",\"target\":\"yes\","
                        + "\"arguments\":\"yes\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "access explain                                         | Name a caller with --as SUBJECT, --key NAME",
                "access explain --as ann --request x                    | --request and --as exclude each other",
                "access explain --key a --request x                    | --request and --as exclude each other",
                "access explain --key a --role b                       | Omit --as and the options",
                "access explain --key a --token @b                     | --key and --token exclude each other",
                "access explain --key none                             | There is no API key 'none' in",
                "access explain --token @none                          | cannot be read",
                "access explain --token secret                         | other users of this machine can see arguments",
                "access explain --as ann --resource nothing://x        | There is no resource or template for nothing://x.",
                "access explain --as ann --tool get_metric              | Did you mean get_metrics?",
                "access explain --as ann --prompt nothing               | There is no prompt 'nothing'.",
                "access explain --as ann --tool a --prompt b            | Name one target",
                "access explain --as ann --arguments {}                 | --arguments belong to a tool or a prompt",
                "access explain --as ann --tool get_metrics --arguments [1] | must be a JSON object",
                "access explain --as ann --tool get_metrics --arguments {x  | must be a JSON object",
                "access explain --as ann --client a --program           | Omit one of these options",
                "access explain --as ann --scope a\\b                   | is not a scope",
                "access explian                                         | Did you mean: breakwater access explain?"
            })
    void anErrorSaysWhatToDo(String words, String message) {
        assertThat(breakwater.run(words.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(breakwater.err()).contains(message);
    }

    @Test
    void theRunningServerTellsWhyItRefusedARequest() throws Exception {
        var management = serve();
        var id = idOfRefusedCall();

        assertThat(explain("--request", id, "--url", management))
                .contains(
                        "request:    " + id,
                        "principal:  anonymous",
                        "access:     tool get_metrics",
                        "decided by: rule \"no metrics\"",
                        "The present rules");
        assertThat(((Json.Obj) Json.parse(explain("--request", id, "--url", management, "-o", "json"))).text("rule"))
                .isEqualTo("rule \"no metrics\"");

        for (var unknown : new String[] {"unknown", "../live", "a%2fb"}) {
            assertThat(breakwater.run("access", "explain", "--request", unknown, "--url", management))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(breakwater.err()).contains("remembers no refused access", unknown, "request_id");
        }

        PrivateFile.write(key, ManagementKey.random().reveal(), true);
        assertThat(breakwater.run("access", "explain", "--request", id, "--url", management))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(breakwater.err()).contains("refused the management key");
    }

    private String idOfRefusedCall() throws Exception {
        try (var connection = ServerConnection.to(URI.create(server.address()))) {
            assertThatThrownBy(() -> connection.request(client -> client.call("get_metrics")))
                    .isInstanceOf(PortException.class)
                    .hasMessageContaining("Request id: ");
        }
        Eventually.holds(() -> REQUEST_ID.matcher(server.log()).find(), server::log);
        return REQUEST_ID
                .matcher(server.log())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @Test
    void saysThatNoServerRuns() throws Exception {
        assertThat(breakwater.run("access", "explain", "--request", "x")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("Cannot read the management key in " + key, "Start the server");

        PrivateFile.write(key, ManagementKey.random().reveal(), true);
        assertThat(breakwater.run("access", "explain", "--request", "x", "--url", "http://127.0.0.1:1"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(breakwater.err()).contains("127.0.0.1:1");
    }

    @Test
    void recognizesAnotherProgramOnThePort() throws Exception {
        PrivateFile.write(key, ManagementKey.random().reveal(), true);
        var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        other.start();
        try {
            var url = "http://127.0.0.1:" + other.getAddress().getPort();
            assertThat(breakwater.run("access", "explain", "--request", "x", "--url", url))
                    .isEqualTo(ExitCode.UNREACHABLE);
            assertThat(breakwater.err()).contains("No management listener of this program answers");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aChangedFileReplacesTheRulesOfARunningServer() throws Exception {
        serve();
        var caller = new CommandRun(folder);
        assertThat(caller.run("tools", "--url", server.address())).isZero();
        assertThat(caller.out()).doesNotContain("health_check");

        replace("access: {rules: [{name: a, effect: allow, toolz: [health_check]}]}");
        server.awaitLog("has errors, so the server ignores it");
        replace("access: {rules: [{name: a, effect: allow, tools: [health_check]}]}");
        server.awaitLog("The access rules have been replaced");
        assertThat(caller.run("tools", "--url", server.address())).isZero();
        assertThat(caller.out()).contains("health_check").doesNotContain("process_data");

        replace("");
        server.awaitLog("The server keeps the rules that it has");
        assertThat(caller.run("tools", "--url", server.address())).isZero();
        assertThat(caller.out()).contains("health_check").doesNotContain("process_data");
    }

    private void replace(String yaml) throws IOException {
        var next = Files.writeString(folder.resolve("next.yaml"), yaml);
        Files.move(next, folder.resolve("breakwater.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String serve() throws Exception {
        running = server.start("serve", "--port", "0");
        server.awaitLog("The management key is in");
        return MANAGEMENT
                .matcher(server.log())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
