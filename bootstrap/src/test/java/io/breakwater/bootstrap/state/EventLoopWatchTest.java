package io.breakwater.bootstrap.state;

import static io.breakwater.bootstrap.state.StoreClient.get;
import static io.breakwater.bootstrap.state.StoreClient.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.StoreWatch;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No event loop waits for the stores of sessions, streams and tasks. No access runs on an event loop, and while an
 * access does not return at all, the only event loop of the server answers other requests: this also finds locks that a
 * slow access holds.
 */
@Tag("server")
class EventLoopWatchTest {
    private static final Pattern TASK = Pattern.compile("\"taskId\":\"([^\"]+)\"");
    private static final Pattern EVENT = Pattern.compile("id: ?(\\S+:1)\\n");

    private final StoreServer stores = new StoreServer(true);
    private final StoreClient bystander = new StoreClient(stores.uri());
    private final StoreClient client = new StoreClient(stores.uri());

    @AfterEach
    void close() {
        client.close();
        bystander.close();
        stores.close();
    }

    /** Holds the accesses of one operation, and shows that the event loop continues meanwhile. */
    private <T> HttpResponse<T> whileHeld(
            StoreWatch watch, String operation, Supplier<CompletableFuture<HttpResponse<T>>> message) {
        var hold = watch.hold(operation);
        var response = message.get();
        hold.awaitReached();
        assertThat(get(bystander.askModern("server/discover", "", "")).statusCode())
                .as("while %s is held", operation)
                .isEqualTo(200);
        hold.release();
        return get(response);
    }

    @Test
    void noMessageOfASessionKeepsTheEventLoop() {
        whileHeld(stores.sessions, "create", () -> bystander.initialize("2025-11-25"));
        client.begin("2025-11-25");
        whileHeld(stores.sessions, "find", () -> client.ask("ping", ""));
        whileHeld(stores.sessions, "update", () -> client.ask("resources/subscribe", "'uri':'a://b'"));
        var talk = whileHeld(stores.log, "append", () -> client.ask("tools/call", "'name':'talk'"));
        var event = EVENT.matcher(talk.body());
        assertThat(event.find()).isTrue();
        var rest = whileHeld(stores.log, "after", () -> client.listen(event.group(1)));
        assertThat(line(rest, "result")).contains("done");
        whileHeld(stores.log, "forget", client::end);

        assertNoViolations();
    }

    @Test
    void noNotificationKeepsTheEventLoop() {
        client.begin("2025-11-25");
        get(client.ask("resources/subscribe", "'uri':'a://b'"));
        var stream = get(client.listen(""));
        whileHeld(stores.sessions, "subscribers", () -> {
            stores.server.resourceUpdated("a://b");
            return bystander.askModern("server/discover", "", "");
        });
        assertThat(line(stream, "data")).contains("notifications/resources/updated");
        var appends = stores.log.hold("append");
        stores.server.add(Tool.named("more").description("More.").handler((arguments, call) -> ToolResult.text("")));
        appends.awaitReached();
        client.close(); // the event loop notices the disconnect while the message is being stored
        assertThat(get(bystander.askModern("server/discover", "", "")).statusCode())
                .isEqualTo(200);
        appends.release();

        assertNoViolations();
    }

    @Test
    void noTaskKeepsTheEventLoop() {
        var created = whileHeld(stores.tasks, "create", () -> client.askModern("tools/call", "task", "'name':'task',"));
        var task = TASK.matcher(created.body());
        assertThat(task.find()).isTrue();
        var id = task.group(1);
        Eventually.holds(() -> get(client.askModern("tasks/get", id, "'taskId':'" + id + "',"))
                .body()
                .contains("completed"));
        for (var method : new String[] {"tasks/get", "tasks/update", "tasks/cancel"}) {
            whileHeld(
                    stores.tasks,
                    "find",
                    () -> client.askModern(method, id, "'inputResponses':{},'taskId':'" + id + "',"));
        }

        assertNoViolations();
    }

    @Test
    void aBatchLooksItsSessionUpOnce() {
        client.begin("2025-03-26");
        stores.sessions.clearAccesses();

        var ping = "{'jsonrpc':'2.0','id':%d,'method':'ping'}";
        var reply = get(client.send("[" + ping.formatted(1) + "," + ping.formatted(2) + "]"));

        assertThat(reply.body()).startsWith("[{").contains("\"id\":1", "\"id\":2");
        assertThat(stores.sessions.accesses()).startsWith("find").doesNotContain("update");
        assertNoViolations();
    }

    @Test
    void aStoreThatIsNotAvailableIsAnsweredWith503() {
        client.begin("2025-11-25");
        stores.sessions.fail(new PortException.UnavailableException("The store is down.", Duration.ofSeconds(7), null));

        for (var reply : new HttpResponse<?>[] {
            get(client.ask("ping", "")),
            get(client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}")),
            get(client.listen("")),
            get(client.end())
        }) {
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.headers().firstValue("Retry-After")).contains("7");
        }
        stores.sessions.fail(null);
        assertThat(get(client.ask("ping", "")).statusCode()).isEqualTo(200);
    }

    @Test
    void theWatchNoticesAnAccessOnAnEventLoop() {
        try (var lying = new StoreServer(false);
                var caller = new StoreClient(lying.uri())) {
            caller.begin("2025-11-25");

            assertThat(lying.sessions.violations()).anyMatch(access -> access.startsWith("find on"));
        }
    }

    private void assertNoViolations() {
        for (var watch : new StoreWatch[] {stores.sessions, stores.log, stores.tasks}) {
            assertThat(watch.violations()).isEmpty();
        }
    }
}
