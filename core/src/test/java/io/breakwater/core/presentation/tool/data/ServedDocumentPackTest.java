package io.breakwater.core.presentation.tool.data;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.core.testkit.RecordedNotifications;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.port.memory.ForwardingDocumentStore;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryDocumentStore;
import io.breakwater.port.memory.MemoryStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.settings.DocumentSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents in a whole server, over documents in memory. */
class ServedDocumentPackTest {
    private static final CallContext SCOPE = ManualCallContext.unhurried();
    private static final Json.Raw ONE = new Json.Raw("1".getBytes(StandardCharsets.UTF_8));
    private static final Json.Raw TWO = new Json.Raw("2".getBytes(StandardCharsets.UTF_8));

    private final SimulatedLink line = new SimulatedLink();
    private final MemoryDocumentStore store =
            new MemoryDocumentStore(line, InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));
    private final Breakwater server = Breakwater.named("shop")
            .pack(new BuiltInPack.Documents(store, DocumentSettings.standard()))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void savesAndReads(ClientMode way) {
        try (var client = way.to(server).connect()) {
            assertThat(call(client, "save_data", "{'data_id':'a','content':{'z':1.10,'a':[null,'x']}}"))
                    .isEqualTo(json("{'data_id':'a','version':1,'updated_at':'2026-03-01T12:00:00Z'}"));

            assertThat(call(client, "get_data_cached", "{'data_id':'a'}"))
                    .isEqualTo(json("{'data_id':'a','content':{'z':1.10,'a':[null,'x']},'version':1,"
                            + "'updated_at':'2026-03-01T12:00:00Z','source':'database','cache_status':'miss'}"));
        }
    }

    @Test
    void readsFromTheCacheUntilTheDocumentIsSavedAgain() {
        try (var client = InMemoryClient.of(server)) {
            call(client, "save_data", "{'data_id':'a','content':1}");
            call(client, "save_data", "{'data_id':'b','content':1}");
            call(client, "get_data_cached", "{'data_id':'a'}");
            call(client, "get_data_cached", "{'data_id':'b'}");

            var kept = call(client, "get_data_cached", "{'data_id':'a'}");
            assertThat(kept.text("source")).isEqualTo("cache");
            assertThat(kept.text("cache_status")).isEqualTo("hit");

            call(client, "save_data", "{'data_id':'a','content':2}");
            var fresh = call(client, "get_data_cached", "{'data_id':'a'}");
            assertThat(fresh.text("source")).isEqualTo("database");
            assertThat(fresh.get("content")).isEqualTo(Json.of(2));
            assertThat(fresh.get("version")).isEqualTo(Json.of(2));
            assertThat(call(client, "get_data_cached", "{'data_id':'b'}").text("source"))
                    .isEqualTo("cache");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoSubscribesHearsOfASave(ClientMode way) {
        var notes = new RecordedNotifications();
        try (var client = way.to(server).onNotification(notes).connect();
                var listening = client.subscribe("data://a%2Fb")) {
            assertThat(listening).isNotNull();

            call(client, "save_data", "{'data_id':'other','content':1}");
            call(client, "save_data", "{'data_id':'a/b','content':1}");

            assertThat(notes.await("notifications/resources/updated", 1))
                    .extracting(told -> told.text("uri"))
                    .containsExactly("data://a%2Fb");
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletesADocumentAfterAConfirmation(ClientMode way) {
        var notes = new RecordedNotifications();
        var messages = new ArrayList<String>();
        var asking = way.to(server).onNotification(notes).onServerRequest(request -> {
            messages.add(request.params().text("message"));
            return ClientResponses.accepted(json("{'confirm':true}"));
        });
        try (var client = asking.connect()) {
            call(client, "save_data", "{'data_id':'a','content':1}");
            call(client, "get_data_cached", "{'data_id':'a'}");
            try (var listening = client.subscribe("data://a")) {
                assertThat(listening).isNotNull();

                assertThat(call(client, "delete_data", "{'data_id':'a'}"))
                        .isEqualTo(json("{'status':'deleted','data_id':'a','version':1}"));

                assertThat(notes.await("notifications/resources/updated", 1)).hasSize(1);
            }
            assertThat(messages).hasSize(1).first().asString().startsWith("Delete the document \"a\" for good?");
            assertThat(error(client, "get_data_cached", "{'data_id':'a'}").text("code"))
                    .isEqualTo("NOT_FOUND");
            assertThat(error(client, "delete_data", "{'data_id':'a'}").text("code"))
                    .isEqualTo("NOT_FOUND");
            assertThat(messages).hasSize(1);
        }
    }

    /** The document is saved, or deleted and saved again, which begins with version 1 again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletesNoDocumentThatIsSavedAfterTheLastCheckOfTheConfirmation(boolean deletedBefore) {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
        var documents = new MemoryDocumentStore(line, now::get);
        documents.save("a", ONE, SCOPE);
        var overtaken = new ForwardingDocumentStore(documents) {
            @Override
            public OptionalLong delete(String id, @Nullable Revision revision, CallContext context) {
                now.updateAndGet(instant -> instant.plusMillis(1));
                if (deletedBefore) {
                    documents.delete(id, null, context);
                }
                documents.save(id, TWO, context);
                return super.delete(id, revision, context);
            }
        };
        try (var other = Breakwater.named("shop")
                        .pack(new BuiltInPack.Documents(overtaken, DocumentSettings.standard()))
                        .build();
                var client = InMemoryClient.overExchanges(other)
                        .onServerRequest(request -> ClientResponses.accepted(json("{'confirm':true}")))
                        .connect()) {
            var refused = error(client, "delete_data", "{'data_id':'a'}");

            assertThat(refused.text("code")).isEqualTo("CONFLICT");
            assertThat(refused.text("message")).contains("was not deleted");
        }
        assertThat(documents.find(Set.of("a"), SCOPE).get("a"))
                .extracting(Document::content)
                .isEqualTo(TWO);
    }

    @Test
    void doesNotRememberThatThereIsNone() {
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(client, "get_data_cached", "{'data_id':'a'}").text("code"))
                    .isEqualTo("NOT_FOUND");
            call(client, "save_data", "{'data_id':'a','content':null}");

            assertThat(call(client, "get_data_cached", "{'data_id':'a'}").get("content"))
                    .isEqualTo(Json.Null.NULL);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    get_data_cached | {'data_id':'none'}             | NOT_FOUND      | There is no document none.
                    get_data_cached | {'data_id':''}                 | INVALID_PARAMS | data_id
                    get_data_cached | {'data_id':'a b'}              | INVALID_PARAMS | data_id
                    get_data_cached | {'data_id':1}                  | INVALID_PARAMS | data_id
                    save_data       | {'data_id':'a\\u0000','content':1} | INVALID_PARAMS | data_id
                    save_data       | {'data_id':'a'}                | INVALID_PARAMS | content
                    """)
    void saysWhatIsWrong(String tool, String arguments, String code, String words) {
        try (var client = InMemoryClient.of(server)) {
            assertThat(error(client, tool, arguments).text("code")).isEqualTo(code);
            assertThat(error(client, tool, arguments).text("message")).contains(words);
        }
    }

    @ParameterizedTest
    @CsvSource({"a, data://a", "a/b, data://a%2Fb", "ä:1, data://%C3%A4:1"})
    void documentsAreResourcesToo(String id, String uri) {
        try (var client = InMemoryClient.of(server)) {
            call(client, "save_data", "{'data_id':'" + id + "','content':{'n':1.0}}");

            assertThat(items(client.read(uri), "contents"))
                    .containsExactly(Json.object()
                            .put("uri", uri)
                            .put("mimeType", "application/json")
                            .put("text", "{\"n\":1.0}")
                            .build());
        }
    }

    @Test
    void whatIsNotThereIsNoResource() {
        try (var client = InMemoryClient.of(server)) {
            assertThatThrownBy(() -> client.read("data://none"))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessage("Resource not found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data://a%00", "data://a%20b", "data://%0A"})
    void whatCouldBeNoDocumentIsNoResourceAndNotLookedFor(String uri) {
        try (var client = InMemoryClient.of(server)) {
            assertThatThrownBy(() -> client.read(uri))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessage("Resource not found");
            assertThatThrownBy(() -> client.read("data://" + "x".repeat(10_000)))
                    .hasMessage("Resource not found");
            assertThat(store.finds()).isEmpty();
        }
    }

    @Test
    void serversThatShareACacheButNoStoreGiveEachItsOwn() {
        var shared = new MemoryStore(line, System::nanoTime);
        try (var one = withStoreOfItsOwn(shared);
                var two = withStoreOfItsOwn(shared);
                var first = InMemoryClient.of(one);
                var second = InMemoryClient.of(two)) {
            call(second, "save_data", "{'data_id':'a','content':'of the second'}");
            call(first, "save_data", "{'data_id':'a','content':'of the first'}");
            call(first, "get_data_cached", "{'data_id':'a'}");

            var answer = call(second, "get_data_cached", "{'data_id':'a'}");
            assertThat(answer.text("content")).isEqualTo("of the second");
            assertThat(answer.text("source")).isEqualTo("database");
        }
    }

    private Breakwater withStoreOfItsOwn(MemoryStore shared) {
        var own = new MemoryDocumentStore(line, InstantSource.system());
        return Breakwater.named("shop")
                .cache(shared)
                .pack(new BuiltInPack.Documents(own, DocumentSettings.standard()))
                .build();
    }

    private static Json.Obj call(McpClient client, String tool, String arguments) {
        var answer = client.call(tool, json(arguments));
        assertThat(answer.isError()).as(answer.text()).isFalse();
        return answer.structured();
    }

    private static Json.Obj error(McpClient client, String tool, String arguments) {
        var answer = client.call(tool, json(arguments));
        assertThat(answer.isError()).isTrue();
        return json(answer.text()).object("error");
    }
}
