package io.breakwater.adapter.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedToolContext;
import io.breakwater.port.contract.ScriptedToolContext.Client;
import io.breakwater.port.contract.ScriptedToolContext.LogMessage;
import io.breakwater.port.contract.ScriptedToolContext.Progress;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.sample.sdk.OrderDesk;
import io.breakwater.sample.sdk.Orders;
import io.breakwater.sample.sdk.ParcelDesk;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole server written for the SDK, called through the port on the wire of either era. */
class OrderDeskTest {
    private static final Client NO_CLIENT = question -> {
        throw new AssertionError("Asked " + question);
    };

    private final Orders orders = new Orders();
    private final ToolSource desk = SdkTools.builder()
            .sync(new OrderDesk(orders).tools())
            .async(new ParcelDesk().tools())
            .build();

    @Test
    void listsToolsOfBothKindsInTheOrderTheyWereGiven() {
        assertThat(desk.tools())
                .extracting(ToolSource.Descriptor::name)
                .containsExactly(
                        "find_order",
                        "pack_order",
                        "cancel_order",
                        "order_folder",
                        "audit_order",
                        "track_parcel",
                        "apologise",
                        "call_carrier");
    }

    @ParameterizedTest
    @EnumSource
    void givesStructuredOutputAndItsText(SdkWire wire) throws Exception {
        var found = wire.call(desk, "find_order", number("A-100001"), NO_CLIENT);

        assertThat(found.result().object("structuredContent").get("total")).isEqualTo(Json.of(new BigDecimal("19.90")));
        assertThat(found.text()).contains("\"customer\":\"Ada\"");
    }

    @ParameterizedTest
    @EnumSource
    void reportsAMissingOrderAsTheToolsOwnError(SdkWire wire) throws Exception {
        var missing = wire.call(desk, "find_order", number("A-999999"), NO_CLIENT);

        assertThat(missing.result().get("isError")).isEqualTo(Json.Bool.TRUE);
        assertThat(missing.text()).isEqualTo("No order has the number A-999999");
    }

    @ParameterizedTest
    @EnumSource
    void tellsProgressAndLogs(SdkWire wire) throws Exception {
        var packed = wire.call(desk, "pack_order", number("A-100001"), NO_CLIENT);

        assertThat(packed.text()).isEqualTo("Packed 2 items of A-100001");
        assertThat(packed.lastRun().progress())
                .containsExactly(new Progress(1, 2.0, "Item 1 of 2"), new Progress(2, 2.0, "Item 2 of 2"));
        assertThat(packed.lastRun().logMessages())
                .containsExactly(
                        new LogMessage("info", "order-desk", Json.of("Packing A-100001 for Ada")),
                        new LogMessage("debug", "order-desk", Json.of("Handed over")));
    }

    @ParameterizedTest
    @EnumSource
    void asksBeforeItActs(SdkWire wire) throws Exception {
        var cancelled = wire.call(desk, "cancel_order", number("A-100001"), accepting("sure", Json.of(true)));

        assertThat(cancelled.text()).isEqualTo("Order A-100001 is cancelled");
        assertThat(cancelled.lastRun().requests()).singleElement().satisfies(question -> {
            assertThat(question.method()).isEqualTo("elicitation/create");
            assertThat(question.params().text("message")).isEqualTo("Cancel A-100001 over 19.90?");
            assertThat(question.params().object("requestedSchema").text("type")).isEqualTo("object");
        });
    }

    @ParameterizedTest
    @EnumSource
    void hearsANo(SdkWire wire) throws Exception {
        var kept = wire.call(
                desk,
                "cancel_order",
                number("A-100001"),
                question -> Json.object().put("action", "decline").build());

        assertThat(kept.text()).isEqualTo("Nothing was changed");
        assertThat(orders.find("A-100001").orElseThrow().state()).isEqualTo("paid");
    }

    @Test
    void seesWhatTheClientCanDoAndWhoItIs() throws Exception {
        var call = ScriptedToolContext.silent().withCapabilities(Json.Obj.EMPTY);

        var refused = SdkWire.await(desk.call("cancel_order", number("A-100001"), call));

        assertThat(SdkWire.textOf(refused)).isEqualTo("ada cannot ask for the confirmation this needs");
    }

    @ParameterizedTest
    @EnumSource
    void listsTheClientsRoots(SdkWire wire) throws Exception {
        var root = Json.object().put("uri", "file:///home/ada").put("name", "home");
        var folder = wire.call(
                desk,
                "order_folder",
                Json.Obj.EMPTY,
                question -> Json.object().put("roots", Json.array(root.build())).build());

        assertThat(folder.text()).isEqualTo("file:///home/ada");
    }

    @ParameterizedTest
    @EnumSource
    void worksOnReactorsThreads(SdkWire wire) throws Exception {
        var track =
                wire.call(desk, "track_parcel", Json.object().put("parcel", 7).build(), NO_CLIENT);

        assertThat(track.text()).contains("\"stations\":[\"Hamburg\",\"Hannover\",\"Kassel\"]");
        assertThat(track.lastRun().progress()).extracting(Progress::done).containsExactly(1.0, 2.0, 3.0);
        assertThat(track.lastRun().logMessages())
                .containsExactly(new LogMessage("notice", "server", Json.of("3 stations")));
    }

    @ParameterizedTest
    @EnumSource
    void asksTwiceWhereTheSecondQuestionNeedsTheFirstAnswer(SdkWire wire) throws Exception {
        var signed =
                wire.call(desk, "apologise", Json.object().put("parcel", 7).build(), OrderDeskTest::writesAndSigns);

        assertThat(signed.text()).isEqualTo("So sorry. Grace");
        assertThat(signed.lastRun().requests())
                .extracting(ScriptedToolContext.Request::method)
                .containsExactly("sampling/createMessage", "elicitation/create");
    }

    private static Json.Obj writesAndSigns(ScriptedToolContext.Request question) {
        return question.method().equals("sampling/createMessage")
                ? Json.object()
                        .put("role", "assistant")
                        .put("model", "m")
                        .put(
                                "content",
                                Json.object()
                                        .put("type", "text")
                                        .put("text", "So sorry.")
                                        .build())
                        .build()
                : accepting("name", Json.of("Grace")).answer(question);
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheJsonRpcErrorThatAToolThrows(SdkWire wire) {
        var error = catchThrowableOfType(
                PortException.ProtocolErrorException.class,
                () -> wire.call(desk, "audit_order", number("A-100003"), NO_CLIENT));

        assertThat(error).hasMessage("The books of this order are closed");
        assertThat(error.code()).isEqualTo(-31001);
        assertThat(error.data()).isEqualTo(Json.object().put("since", 2026).build());
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheMessageOfAnyOtherExceptionAndNothingMore(SdkWire wire) {
        orders.move("A-100001", "cancelled");

        var sync = catchThrowableOfType(
                PortException.ProtocolErrorException.class,
                () -> wire.call(desk, "audit_order", number("A-100001"), NO_CLIENT));
        var async = catchThrowableOfType(
                PortException.ProtocolErrorException.class,
                () -> wire.call(
                        desk, "call_carrier", Json.object().put("parcel", 7).build(), NO_CLIENT));

        assertThat(sync).hasMessage("The ledger has no page for A-100001");
        assertThat(async).hasMessage("The carrier does not answer");
        assertThat(sync.code()).isEqualTo(-32603).isEqualTo(async.code());
        assertThat(sync.data()).isNull();
    }

    private static Json.Obj number(String number) {
        return Json.object().put("number", number).build();
    }

    private static Client accepting(String field, Json value) {
        return question -> Json.object()
                .put("action", "accept")
                .put("content", Json.object().put(field, value).build())
                .build();
    }
}
