package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.schema.Max;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that read resources. */
class MethodResourcesTest {
    enum Size {
        SMALL,
        LARGE
    }

    record Order(int number, String state) {}

    static class Shop {
        @McpResource(
                uri = "shop://hours",
                name = "hours",
                title = "Opening hours",
                description = "When the shop is open.",
                mimeType = "text/plain",
                cacheForAll = "PT1H")
        String hours() {
            return "9 to 5";
        }

        @McpResource(uri = "shop://logo", mimeType = "image/png")
        byte[] logo() {
            return new byte[] {1, 2, 3};
        }

        @McpResource(uri = "shop://stock", cacheFor = "PT1M")
        List<Order> stock() {
            return List.of(new Order(1, "new"));
        }

        @McpResource(uri = "shop://files")
        List<ResourceContents> files(Call call) {
            return List.of(
                    ResourceContents.text(call.target() + "/a", "text/plain", "a"),
                    ResourceContents.text(call.target() + "/b", "text/plain", "b"));
        }

        @McpResource(uri = "order://{number}/{size}", description = "An order.")
        CompletionStage<Order> order(@Max(99) int number, @Arg(name = "size") Size chosen) {
            return CompletableFuture.completedFuture(new Order(number, chosen.name()));
        }

        @McpResource(uri = "day://{day}")
        String day(LocalDate day) {
            if (day.getYear() < 2000) {
                throw McpException.noSuchResource("day://" + day);
            }
            return day.getDayOfWeek().name();
        }

        @McpResource(uri = "shop://nothing")
        @SuppressWarnings("NullAway") // what a careless embedder writes
        String nothing() {
            return null;
        }
    }

    private static Json.Obj contents(AnnotatedServer server, String uri) {
        var contents = server.client().read(uri).get("contents");
        return contents instanceof Json.Arr(var items) ? (Json.Obj) items.getFirst() : Json.Obj.EMPTY;
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheMethodReturns(ClientMode mode) {
        try (var server = AnnotatedServer.of(new Shop(), mode)) {
            assertThat(contents(server, "shop://hours"))
                    .isEqualTo(json("{'uri':'shop://hours','mimeType':'text/plain','text':'9 to 5'}"));
            assertThat(contents(server, "shop://logo").text("blob")).isEqualTo("AQID");
            assertThat(contents(server, "shop://stock").text("text")).isEqualTo("[{\"number\":1,\"state\":\"new\"}]");
            assertThat(contents(server, "shop://stock").text("mimeType")).isEqualTo("application/json");
            assertThat(server.client().read("shop://files").toString()).contains("shop://files/a", "shop://files/b");
            assertThat(contents(server, "order://7/LARGE").text("text"))
                    .isEqualTo("{\"number\":7,\"state\":\"LARGE\"}");
            assertThat(contents(server, "day://2026-01-31").text("text")).isEqualTo("SATURDAY");
        }
    }

    @Test
    void listsWhatTheAnnotationSays() {
        try (var server = AnnotatedServer.of(new Shop())) {
            assertThat(server.client().resources())
                    .contains(json("{'uri':'shop://hours','name':'hours','title':'Opening hours',"
                            + "'description':'When the shop is open.','mimeType':'text/plain'}"))
                    .extracting(resource -> resource.text("name"))
                    .contains("logo");
            assertThat(server.client().resourceTemplates())
                    .contains(json("{'uriTemplate':'order://{number}/{size}','name':'order',"
                            + "'description':'An order.','mimeType':'application/json'}"));
            assertThat(server.client().read("shop://hours").get("cacheScope")).isEqualTo(Json.of("public"));
            assertThat(server.client().read("shop://stock").get("ttlMs")).isEqualTo(Json.of(60_000));
        }
    }

    @ParameterizedTest
    @CsvSource({"order://100/LARGE,/number", "order://x/LARGE,/number", "order://7/HUGE,/size", "day://2026-02-30,/day"
    })
    void refusesVariablesThatDoNotFitTheirParameter(String uri, String place) {
        try (var server = AnnotatedServer.of(new Shop())) {
            assertThatThrownBy(() -> server.client().read(uri))
                    .isInstanceOfSatisfying(
                            PortException.ProtocolErrorException.class,
                            error -> assertThat(error.code()).isEqualTo(McpException.INVALID_PARAMS))
                    .hasMessageContaining(place);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"day://1999-01-01", "shop://nothing"})
    void failsAsAReaderFails(String uri) {
        try (var server = AnnotatedServer.of(new Shop())) {
            assertThatThrownBy(() -> server.client().read(uri))
                    .isInstanceOf(PortException.ProtocolErrorException.class);
        }
    }
}
