package io.breakwater.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.mcp.SdkTools;
import io.breakwater.sample.sdk.OrderDesk;
import io.breakwater.sample.sdk.Orders;
import io.breakwater.sample.sdk.ParcelDesk;
import io.breakwater.server.Breakwater;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A server written for the MCP Java SDK, its code untouched, used by clients of both eras over HTTP. */
class ServedSdkToolsTest {
    private final Orders orders = new Orders();
    private final SdkTools tools = SdkTools.builder()
            .sync(new OrderDesk(orders).tools())
            .async(new ParcelDesk().tools())
            .build();
    private final HttpTransport http = HttpTransport.on("127.0.0.1", 0);
    private Breakwater server;

    @BeforeEach
    void serve() {
        server = Breakwater.named("shop").version("1.0.0").tools(tools).build();
        server.serve(http);
    }

    @AfterEach
    void stop() {
        assertThat(server.close(Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void listsThem(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var listed = client.request("tools/list", "").result().path("tools");

            assertThat(listed.valueStream().map(tool -> tool.path("name").asString()))
                    .containsExactly(
                            "find_order",
                            "pack_order",
                            "cancel_order",
                            "order_folder",
                            "audit_order",
                            "track_parcel",
                            "apologise",
                            "call_carrier");
            assertThat(listed.get(0).path("annotations").path("readOnlyHint").asBoolean())
                    .isTrue();
            assertThat(listed.get(0).path("_meta").path("shop.example/desk").asString())
                    .isEqualTo("orders");
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesStructuredOutput(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var found = client.call("find_order", "{\"number\":\"A-100001\"}");

            assertThat(found.result().path("structuredContent").path("total").asString())
                    .isEqualTo("19.90");
            assertThat(found.text()).contains("\"customer\":\"Ada\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void checksArgumentsBeforeTheHandlerRuns(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var refused = client.call("pack_order", "{\"number\":7}");

            assertThat(refused.result().path("isError").asBoolean()).isTrue();
            assertThat(refused.text()).contains("/number");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsProgressAndLogs(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var packed = client.call("pack_order", "{\"number\":\"A-100001\"}");

            assertThat(packed.text()).isEqualTo("Packed 2 items of A-100001");
            assertThat(packed.told("notifications/progress"))
                    .extracting(step -> step.path("params").path("message").asString())
                    .containsExactly("Item 1 of 2", "Item 2 of 2");
            assertThat(packed.told("notifications/message"))
                    .extracting(line -> line.path("params").path("data").asString())
                    .containsExactly("Packing A-100001 for Ada");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksBeforeItActs(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var cancelled = client.call("cancel_order", "{\"number\":\"A-100002\"}");

            assertThat(cancelled.asked()).containsExactly("elicitation/create");
            assertThat(cancelled.text()).isEqualTo("Order A-100002 is cancelled");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksForRoots(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            assertThat(client.call("order_folder", "{}").text()).isEqualTo("file:///home/ada");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksTwiceFromAPipeline(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var signed = client.call("apologise", "{\"parcel\":7}");

            assertThat(signed.asked()).containsExactly("sampling/createMessage", "elicitation/create");
            assertThat(signed.text()).isEqualTo("So sorry. Ada");
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksOnReactorsThreads(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var track = client.call("track_parcel", "{\"parcel\":7}");

            assertThat(track.text()).contains("\"Hamburg\",\"Hannover\",\"Kassel\"");
            assertThat(track.told("notifications/progress")).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheErrorsThatHandlersThrow(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            var closed = client.call("audit_order", "{\"number\":\"A-100003\"}").error();
            assertThat(closed.path("code").asInt()).isEqualTo(-31001);
            assertThat(closed.path("message").asString()).isEqualTo("The books of this order are closed");
            assertThat(closed.path("data").path("since").asInt()).isEqualTo(2026);

            var silent = client.call("call_carrier", "{\"parcel\":7}").error();
            assertThat(silent.path("code").asInt()).isEqualTo(-32603);
            assertThat(silent.path("message").asString()).isEqualTo("The carrier does not answer");
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsWhenToolsGo(SdkEra era) throws Exception {
        tools.remove("call_carrier");

        try (var client = era.connect(http.address())) {
            JsonNode listed = client.request("tools/list", "").result().path("tools");
            assertThat(listed).hasSize(7);
            assertThat(client.call("call_carrier", "{\"parcel\":7}")
                            .error()
                            .path("code")
                            .asInt())
                    .isEqualTo(-32602);
        }
    }
}
