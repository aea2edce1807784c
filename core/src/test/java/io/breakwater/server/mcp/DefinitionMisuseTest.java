package io.breakwater.server.mcp;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.breakwater.port.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The builders of tools, resources and prompts refuse arguments that cannot work, at once and in a sentence. */
@SuppressWarnings("NullAway") // what a careless embedder writes
class DefinitionMisuseTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    private final Tool.Builder<Json.Obj, ToolResult> tool =
            Tool.named("find_order").description("Finds one order.").readOnly();

    @Test
    void aToolNeedsAName() {
        refusesNull(() -> Tool.named(null), "Tool: named(...) does not accept null. Pass a value.");
        refuses(
                () -> Tool.named("").description("D.").handler((args, call) -> ToolResult.text("")),
                "The name of a tool must be 1 to 128 characters of A-Z a-z 0-9 _ . -, not \"\".");
    }

    @Test
    void aToolNeedsAHandler() {
        refusesNull(() -> tool.handler(null), "Tool find_order: handler(...) does not accept null. Pass a value.");
    }

    @Test
    void aToolRefusesNull() {
        refusesNull(() -> tool.description(null), "Tool find_order: description(...) does not accept null.");
        refusesNull(() -> tool.input((Json.Obj) null), "Tool find_order: input(...) does not accept null.");
        refusesNull(() -> tool.executionMode(null), "Tool find_order: executionMode(...) does not accept null.");
        refusesNull(() -> tool.timeout(null), "Tool find_order: timeout(...) does not accept null.");
        refusesNull(() -> tool.cacheTags(null), "Tool find_order: cacheTags(...) does not accept null.");
    }

    @Test
    void aToolRefusesAConcurrencyThatCannotWork() {
        refuses(() -> tool.maxConcurrency(0), "Tool find_order: maxConcurrency must be at least 1, not 0.");
        refusesNull(() -> tool.costClass(null), "Tool find_order: costClass(...) does not accept null.");
        refuses(
                () -> new ToolDefinition.ConcurrencyRule(null, "no label"),
                "The name of a cost class must be 1 to 128 characters of A-Z a-z 0-9 _ . -, not \"no label\".");
    }

    @Test
    void aToolRefusesTimesThatCannotWork() {
        refuses(
                () -> tool.timeout(Duration.ZERO),
                "Tool find_order: the time in timeout(...) must be longer than zero, but is PT0S.");
        refuses(
                () -> tool.timeout(Duration.ofDays(366)),
                "Tool find_order: the time in timeout(...) must be at most 365 days, but is PT8784H.");
        refuses(
                () -> tool.cacheFor(NEGATIVE),
                "Tool find_order: the time in cacheFor(...) must be longer than zero, but is PT-1S.");
        refuses(
                () -> tool.cacheForAll(NEGATIVE),
                "Tool find_order: the time in cacheForAll(...) must be longer than zero, but is PT-1S.");
        refuses(
                () -> tool.staleIfError(NEGATIVE),
                "Tool find_order: the time in staleIfError(...) must not be negative, but is PT-1S.");
    }

    @Test
    void aResourceNeedsAUriAndAReader() {
        refusesNull(() -> Resource.of(null), "Resource: of(...) does not accept null.");
        refusesNull(
                () -> Resource.of("order://1").reader(null), "Resource order://1: reader(...) does not accept null.");
        refuses(() -> Resource.of(" ").reader(call -> List.of()), "Resource \" \" must have a URI and a name.");
        refuses(
                () -> Resource.of("order://1").cacheFor(Duration.ofDays(366)),
                "Resource order://1: the time in cacheFor(...) must be at most 365 days, but is PT8784H.");
        refuses(
                () -> Resource.of("order://1").cacheFor(NEGATIVE),
                "Resource order://1: the time in cacheFor(...) must not be negative, but is PT-1S.");
    }

    @Test
    void aTemplateNeedsAReader() {
        refusesNull(() -> ResourceTemplate.of(null), "Resource template: of(...) does not accept null.");
        refusesNull(
                () -> ResourceTemplate.of("order://{id}").reader(null),
                "Resource template order://{id}: reader(...) does not accept null.");
        refusesNull(
                () -> ResourceTemplate.of("order://{id}").completion("id", null),
                "Resource template order://{id}: completion(...) does not accept null.");
    }

    @Test
    void aTemplateRefusesACompletionOfNoVariable() {
        var builder =
                ResourceTemplate.of("order://{id}/{line}").completion("number", (typed, others, call) -> List.of());

        refuses(
                () -> builder.reader((uri, variables, call) -> List.of()),
                "Resource template order://{id}/{line}: completion(\"number\", ...) names a variable that the template"
                        + " does not have. Its variables are: id, line.");
    }

    @Test
    void aPromptNeedsANameAndAWriter() {
        refusesNull(() -> Prompt.named(null), "Prompt: named(...) does not accept null.");
        refusesNull(
                () -> Prompt.named("greet").description("Greets.").handler(null),
                "Prompt greet: handler(...) does not accept null.");
        refuses(
                () -> Prompt.named("")
                        .description("Greets.")
                        .handler((Map<String, String> args, Call call) -> List.of()),
                "Prompt \"\" must have a name and a description.");
    }

    @Test
    void aResourceNeedsAnAbsoluteUriWithoutVariables() {
        refuses(
                () -> Resource.of("not a uri").reader(call -> List.of()),
                "Resource \"not a uri\": the URI must begin with a scheme and must not contain spaces, for example"
                        + " order://1.");
        refuses(
                () -> Resource.of("order://{id}").reader(call -> List.of()),
                "Resource order://{id}: a URI with {variables} needs ResourceTemplate.of(...).");
    }

    @Test
    void namesWithinADefinitionDiffer() {
        refuses(
                () -> ResourceTemplate.of("order://{id}/{id}").reader((uri, variables, call) -> List.of()),
                "The resource template order://{id}/{id} has two variables with the name id. Give each variable a name"
                        + " of its own.");
        refuses(
                () -> Prompt.named("greet")
                        .description("Greets.")
                        .requiredArgument("name", "The name.")
                        .optionalArgument("name", "The other name.")
                        .handler((Map<String, String> args, Call call) -> List.of()),
                "Prompt greet has two arguments with the name name. Give each argument a name of its own.");
    }

    @Test
    void contentAndRequestsRefuseNull() {
        refusesNull(() -> ToolResult.text(null), "ToolResult: text(...) does not accept null. Pass a value.");
        refusesNull(() -> ToolResult.error(null), "ToolResult: error(...) does not accept null. Pass a value.");
        refusesNull(() -> Content.text(null), "Content: text(...) does not accept null. Pass a value.");
        refusesNull(() -> ClientRequest.form(null, Order.class), "ClientRequest: form(...) does not accept null.");
        refusesNull(() -> ClientRequest.form("Which?", (Class<Order>) null), "ClientRequest: form(...) does not");
    }

    record Order(String number) {}

    private static void refuses(ThrowingCallable call, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(sentence);
    }

    private static void refusesNull(ThrowingCallable call, String sentence) {
        assertThatNullPointerException().isThrownBy(call).withMessageStartingWith(sentence);
    }
}
