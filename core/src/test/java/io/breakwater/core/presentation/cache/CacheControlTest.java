package io.breakwater.core.presentation.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.mcp.CacheControl;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The TTL and the scope that the server gives to clients for a resource. */
class CacheControlTest {
    private static final Json.Obj FORM = Json.object()
            .put("type", "object")
            .put("properties", Json.Obj.EMPTY)
            .build();

    private final Breakwater server = Breakwater.named("t")
            .resource(Resource.of("t://clock").text(() -> "now"))
            .resource(Resource.of("t://mine").cacheFor(Duration.ofSeconds(5)).text(() -> "mine"))
            .resource(Resource.of("t://law").cacheForAll(Duration.ofMinutes(1)).text(() -> "the law"))
            .resource(Resource.of("t://asked")
                    .cacheForAll(Duration.ofMinutes(1))
                    .reader(call -> {
                        call.request("name", ClientRequest.form("Who?", FORM));
                        return List.of(ResourceContents.text("t://asked", "text/plain", "asked"));
                    }))
            .resource(ResourceTemplate.of("t://page/{number}")
                    .cacheForAll(Duration.ofSeconds(7))
                    .reader((uri, variables, call) -> List.of(ResourceContents.text(uri, "text/plain", "page"))))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private Json.Obj read(String uri) {
        return InMemoryClient.overExchanges(server)
                .capabilities(Json.object().put("elicitation", Json.Obj.EMPTY).build())
                .onServerRequest(question -> ClientResponses.accepted(Json.Obj.EMPTY))
                .connect()
                .read(uri);
    }

    private void assertKept(String uri, long millis, String scope) {
        var result = read(uri);
        assertThat(result.get("ttlMs")).isEqualTo(Json.of(millis));
        assertThat(result.text("cacheScope")).isEqualTo(scope);
    }

    @Test
    void usesTheCacheControlOfTheResource() {
        assertKept("t://mine", 5_000, "private");
        assertKept("t://law", 60_000, "public");
        assertKept("t://page/3", 7_000, "public");
    }

    @Test
    void isNotCacheableByDefault() {
        assertKept("t://clock", 0, "private");
    }

    @Test
    void isNotCacheableAfterAClientRequest() {
        assertKept("t://asked", 0, "private");
    }

    @Test
    void isLeftOutForOlderRevisions() {
        var result = InMemoryClient.overExchanges(server).legacy().connect().read("t://law");

        assertThat(result.has("ttlMs")).isFalse();
        assertThat(result.has("cacheScope")).isFalse();
    }

    @Test
    void rejectsANegativeTtl() {
        assertThatThrownBy(() -> new CacheControl(Duration.ofSeconds(-1), false))
                .hasMessageContaining("PT-1S");
    }
}
