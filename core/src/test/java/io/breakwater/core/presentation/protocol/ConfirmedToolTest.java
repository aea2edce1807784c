package io.breakwater.core.presentation.protocol;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.PortException;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ServerRequest;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.ConfirmationFallback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool with {@code confirm} acts only after the user has agreed, in both eras. */
class ConfirmedToolTest {
    private static final String YES = "{'action':'accept','content':{'confirm':true}}";

    record Deletion(String file) {}

    record Reason(String why) {}

    private final List<ServerRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger deletions = new AtomicInteger();
    private final AtomicReference<String> owner = new AtomicReference<>("Ann");
    private final Breakwater server = builder(ConfirmationFallback.REFUSE);

    private Breakwater builder(ConfirmationFallback fallback) {
        return Breakwater.named("shop")
                .environment("production")
                .confirmationFallback(fallback)
                .tool(tool("delete", ExecutionMode.VIRTUAL, deletion -> "deleted"))
                .tool(tool("delete_inline", ExecutionMode.INLINE, deletion -> "deleted"))
                .tool(SampleTools.draft("delete_with_reason")
                        .input(Deletion.class)
                        .destructive()
                        .confirm((deletion, call) -> ConfirmationMessage.of("Delete {}?", deletion.file()))
                        .handler((deletion, call) -> {
                            var reason = call.elicit("reason", "Why?", Reason.class);
                            deletions.incrementAndGet();
                            return ToolResult.text("deleted because " + reason.why());
                        }))
                .build();
    }

    private Tool tool(String name, ExecutionMode mode, Function<Deletion, String> action) {
        return SampleTools.draft(name)
                .input(Deletion.class)
                .destructive()
                .executionMode(mode)
                .confirm((deletion, call) -> message(deletion))
                .handler((deletion, call) -> {
                    deletions.incrementAndGet();
                    return ToolResult.text(action.apply(deletion));
                });
    }

    private @Nullable ConfirmationMessage message(Deletion deletion) {
        return switch (deletion.file()) {
            case "unknown" -> throw new ToolException(ErrorCode.NOT_FOUND, "There is no such file.");
            case "temporary" -> null;
            default -> ConfirmationMessage.of("Delete the file {} of {} for good?", deletion.file(), owner.get());
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ToolCallResult call(ClientMode mode, String tool, String file, Function<ServerRequest, String> user) {
        var client = mode.to(server)
                .onServerRequest(request -> {
                    asked.add(request);
                    return json(user.apply(request));
                })
                .connect();
        try (client) {
            return client.call(tool, json("{'file':'" + file + "'}"));
        }
    }

    private ToolCallResult call(ClientMode mode, String file, String answer) {
        return call(mode, "delete", file, request -> answer);
    }

    @ParameterizedTest
    @EnumSource
    void actsAfterTheUserHasAgreed(ClientMode mode) {
        var result = call(mode, "a.txt", YES);

        assertThat(result.text()).isEqualTo("deleted");
        assertThat(deletions).hasValue(1);
        assertThat(asked).hasSize(1);
        var form = asked.getFirst().params();
        assertThat(form.text("message"))
                .isEqualTo("Delete the file \"a.txt\" of \"Ann\" for good?\n\n"
                        + "(tool delete, server shop, environment production)");
        assertThat(form.get("requestedSchema"))
                .isEqualTo(json("{'type':'object','properties':{'confirm':{'type':'boolean',"
                        + "'description':'Yes, do this.'}},'required':['confirm']}"));
    }

    @ParameterizedTest
    @EnumSource
    void anInlineToolWaitsForTheUserToo(ClientMode mode) {
        assertThat(call(mode, "delete_inline", "a.txt", request -> YES).text()).isEqualTo("deleted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'action':'decline'}", "{'action':'cancel'}", "{'action':'accept','content':{'confirm':false}}"
            })
    void doesNothingWithoutAConsent(String answer) {
        for (var mode : ClientMode.values()) {
            var result = call(mode, "a.txt", answer);

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains("DECLINED", "did not agree");
        }
        assertThat(deletions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'accept'}",
                "{'action':'accept','content':{}}",
                "{'action':'accept','content':{'confirm':'true'}}",
                "{'action':'accept','content':{'confirm':1}}"
            })
    void anAnswerWithoutTheFieldIsNoConsent(String answer) {
        for (var mode : ClientMode.values()) {
            var result = call(mode, "a.txt", answer);

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains("INVALID_PARAMS");
        }
        assertThat(deletions).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void theUserIsNotAskedInVain(ClientMode mode) {
        assertThat(call(mode, "unknown", YES).text()).contains("NOT_FOUND");
        assertThat(call(mode, "temporary", YES).text()).isEqualTo("deleted");

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CoversOutage("confirmation, `refuse`: client unable to ask its user")
    @EnumSource
    void refusesAClientThatCannotAsk(ClientMode mode) {
        try (var client = mode.to(server).connect()) {
            var error = catchThrowableOfType(
                    PortException.ProtocolErrorException.class, () -> client.call("delete", json("{'file':'a.txt'}")));

            assertThat(error.getMessage()).contains("delete", "elicitation.form", "did nothing");
            boolean modern = mode.name().startsWith("MODERN");
            assertThat(error.code()).isEqualTo(modern ? McpException.MISSING_CAPABILITY : McpException.INVALID_REQUEST);
        }
        assertThat(deletions).hasValue(0);
    }

    @ParameterizedTest
    @CoversOutage("confirmation, `allow`: client unable to ask its user")
    @EnumSource
    void actsForAClientThatCannotAskIfTheOperatorAllowsIt(ClientMode mode) {
        try (var lenient = builder(ConfirmationFallback.ALLOW);
                var client = mode.to(lenient).connect()) {
            assertThat(client.call("delete", json("{'file':'a.txt'}")).text()).isEqualTo("deleted");
        }
        assertThat(deletions).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void doesNothingIfTheDataHasChangedWhileTheUserDecided(ClientMode mode) {
        var result = call(mode, "delete", "a.txt", request -> {
            owner.set("Bob");
            return YES;
        });

        assertThat(result.text()).contains("CONFLICT", "has changed");
        assertThat(deletions).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void theHandlerMaySendRequestsOfItsOwn(ClientMode mode) {
        var result = call(
                mode,
                "delete_with_reason",
                "a.txt",
                request -> String.valueOf(request.params().text("message")).startsWith("Why")
                        ? "{'action':'accept','content':{'why':'old'}}"
                        : YES);

        assertThat(result.text()).isEqualTo("deleted because old");
        assertThat(asked).hasSize(2);
        assertThat(deletions).hasValue(1);
    }

    @Test
    void aToolThatCannotBeConfirmedIsRefused() {
        var readOnly =
                SampleTools.draft("look").readOnly().confirm((arguments, call) -> ConfirmationMessage.of("Look?"));
        assertThatThrownBy(() -> readOnly.handler((arguments, call) -> ToolResult.text("seen")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("look", "read-only");

        var computing = SampleTools.draft("compute")
                .executionMode(ExecutionMode.CPU)
                .confirm((arguments, call) -> ConfirmationMessage.of("Compute?"));
        assertThatThrownBy(() -> computing.handler((arguments, call) -> ToolResult.text("42")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CPU pool");
    }
}
