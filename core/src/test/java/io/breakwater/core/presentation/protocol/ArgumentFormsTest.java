package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.AccessDecision;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.Breakwater;
import io.breakwater.server.annotation.McpPrompt;
import io.breakwater.server.annotation.McpResource;
import io.breakwater.server.annotation.McpTool;
import io.breakwater.server.annotation.ToolMethods;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Default;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An access rule counts for the arguments that the handler receives, in any notation in which they can be sent. */
class ArgumentFormsTest {
    private static final AccessRule ALL = AccessRule.allow("all").onTools("*");
    private static final String ID = "0a000000-0000-4000-8000-00000000000b";
    private static final String BODY =
            "{'type':'object','properties':{'region':{'type':'string','default':'eu'},'parts':{'type':'array',"
                    + "'items':{'type':'object','properties':{'depot':{'type':'string','default':'eu'}}}}}}";

    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.draft("order")
                    .input(Order.class)
                    .handler((order, call) -> ToolResult.text(String.valueOf(order))))
            .tool(SampleTools.draft("plain")
                    .input(QuotedJson.json(BODY))
                    .handler((order, call) -> ToolResult.text(String.valueOf(order))))
            .build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    ArgumentFormsTest() {
        ToolMethods.of(new Methods()).tools().forEach(server::add);
        ToolMethods.of(new Others()).prompts().forEach(server::add);
        ToolMethods.of(new Others()).templates().forEach(server::add);
    }

    /** The arguments of a tool. */
    record Order(
            @Default("eu") String region,
            @Nullable UUID id,
            @Nullable Depot depot,
            @Nullable List<Depot> parts,
            @Nullable String email) {
        Order {
            email = email == null ? null : email.strip().toLowerCase(Locale.ROOT);
        }
    }

    record Depot(@Default("eu") String region, @Nullable String street) {}

    /** A handler of an application. */
    static final class Methods {
        @McpTool(description = "Annotated.")
        String annotated(@Default("eu") String region, @Nullable UUID id, @Nullable Depot depot) {
            return region + id + depot;
        }
    }

    /** Prompts and resources of an application. */
    static final class Others {
        @McpPrompt(description = "Annotated.")
        String compare(@Default("eu") String region, @Nullable Integer year) {
            return region + year;
        }

        @McpResource(uri = "order://{number}")
        String order(int number) {
            return "order " + number;
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AccessDecision decision(TargetKind kind, String name, String arguments) {
        return server.explainAccess(Principal.ANONYMOUS, kind, name, QuotedJson.json(arguments))
                .decision();
    }

    private boolean isRefused(String tool, String arguments) {
        var reply = modern.ask("tools/call", "{'name':'" + tool + "','arguments':" + arguments + "}");
        if (reply.answer().has("result")) {
            assertThat(reply.result().has("isError")).isFalse();
            return false;
        }
        assertThat(reply.error().text("message")).contains("do not allow these arguments");
        return true;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "order | /region | eu | {}",
                "order | /region | eu | {'region':null}",
                "order | /region | eu | {'region':'eu'}",
                "order | /depot/region | eu | {'region':'us','depot':{}}",
                "order | /parts/1/region | eu | {'parts':[{'region':'us'},{'street':'x'}]}",
                "order | /id | " + ID + " | {'id':'0A000000-0000-4000-8000-00000000000B'}",
                "order | /email | ann@example.org | {'email':' Ann@Example.org'}",
                "order | /email | Ann@Example.org | {'email':'Ann@Example.org'}",
                "annotated | /region | eu | {}",
                "annotated | /region | eu | {'region':null}",
                "annotated | /depot/region | eu | {'region':'us','depot':{}}",
                "annotated | /id | " + ID + " | {'id':'0A000000-0000-4000-8000-00000000000B'}",
                "plain | /region | eu | {}",
                "plain | /parts/0/depot | eu | {'parts':[{}]}",
            })
    void aDeniedValueIsRefusedAsDefaultAndInEveryNotation(String tool, String pointer, String value, String arguments) {
        server.accessRules(
                AccessRules.of(ALL, AccessRule.deny("no").onTools(tool).whenArgumentIs(pointer, value)));

        assertThat(isRefused(tool, arguments)).isTrue();
        assertThat(isRefused(tool, "{'region':'us'}")).isFalse();
        assertThat(decision(TargetKind.TOOL, tool, arguments).rule()).startsWith("rule \"no\"");
    }

    @ParameterizedTest
    @CsvSource({"order", "annotated"})
    void anAllowedValueIsAllowedAsDefault(String tool) {
        server.accessRules(AccessRules.of(AccessRule.allow("eu").onTools(tool).whenArgumentIs("/region", "eu")));

        assertThat(isRefused(tool, "{}")).isFalse();
        assertThat(isRefused(tool, "{'region':'us'}")).isTrue();
    }

    @Test
    void aHandlerOfJsonReceivesNoDefaultSoARuleAllowsOnlyWhatWasSent() {
        server.accessRules(
                AccessRules.of(AccessRule.allow("eu").onTools("plain").whenArgumentIs("/region", "eu")));

        assertThat(isRefused("plain", "{'region':'eu'}")).isFalse();
        assertThat(isRefused("plain", "{}")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/region | eu | {}",
                "/region | eu | {'region':'eu'}",
                "/year | 7 | {'region':'us','year':'7'}",
                "/year | 7 | {'region':'us','year':'7.0'}",
                "/year | 7.0 | {'region':'us','year':'7.0'}",
            })
    void aDeniedArgumentOfAPromptIsRefusedAsDefaultAndInEveryNotation(String pointer, String value, String arguments) {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onPrompts("*"),
                AccessRule.deny("no").onPrompts("compare").whenArgumentIs(pointer, value)));

        assertThat(modern.ask("prompts/get", "{'name':'compare','arguments':" + arguments + "}")
                        .error()
                        .text("message"))
                .contains("do not allow these arguments");
        assertThat(decision(TargetKind.PROMPT, "compare", arguments)).isInstanceOf(AccessDecision.Denied.class);
        assertThat(modern.ask("prompts/get", "{'name':'compare','arguments':{'region':'us','year':'8'}}")
                        .answer()
                        .has("result"))
                .isTrue();
    }

    @Test
    void aDeniedVariableOfAUriIsRefusedInEveryNotation() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onResources("*"),
                AccessRule.deny("7").onResources("order://7"),
                AccessRule.deny("9").onResources("order://*").whenArgumentIs("/number", "9")));

        for (var number : List.of("7", "7.0", "70e-1", "9", "9.0", "%39")) {
            assertThat(modern.ask("resources/read", "{'uri':'order://" + number + "'}")
                            .error()
                            .text("message"))
                    .as(number)
                    .isEqualTo("Resource not found");
            assertThat(decision(TargetKind.RESOURCE, "order://" + number, "{}"))
                    .as(number)
                    .isInstanceOf(AccessDecision.Denied.class);
        }
        assertThat(modern.ask("resources/read", "{'uri':'order://8.0'}")
                        .result()
                        .toString())
                .contains("order 8");
    }

    @Test
    void invalidArgumentsOfAnAllowedToolAreNamed() {
        server.accessRules(
                AccessRules.of(ALL, AccessRule.deny("no").onTools("order").whenArgumentIs("/region", "eu")));

        var reply = modern.ask("tools/call", "{'name':'order','arguments':{'id':'none'}}");

        assertThat(reply.result().toString()).contains("INVALID_PARAMS", "/id");
    }
}
