package io.breakwater.core.presentation.catalog;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client could not use is refused when it is offered, in a sentence that says what to do. */
class RegistrationTest {
    private final Registry registry = new Registry();

    private static void refused(ThrowingCallable offer, String... words) {
        assertThatThrownBy(offer).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    private static Tool tool(String name) {
        return SampleTools.saying(name, call -> "");
    }

    private void add(Tool... tools) {
        registry.addTools(List.of(tools));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "käse", "a/b", "tool\n"})
    void aNameThatProgramsCannotSay(String name) {
        refused(() -> tool(name), "1 to 128", name);
    }

    @Test
    void aNameThatIsTooLong() {
        assertThat(tool("x".repeat(128)).definition().name()).hasSize(128);
        refused(() -> tool("x".repeat(129)), "1 to 128");
    }

    @Test
    void aToolWithoutADescription() {
        refused(() -> Tool.named("silent").handler((arguments, call) -> ToolResult.text("")), "silent", "description(");
    }

    @Test
    void aNameThatIsTaken() {
        add(tool("one"));
        refused(() -> add(tool("one")), "\"one\" is already registered");
    }

    @Test
    void toolsAreAddedAllOrNone() {
        add(tool("one"));
        refused(() -> add(tool("two"), tool("one")), "one");

        assertThat(registry.snapshot().tools()).containsOnlyKeys("one");
    }

    @Test
    void rejectedRegistrationsNotifyNoListener() {
        var told = new ArrayList<Registry.Kind>();
        registry.onChange(change -> told.add(change.kind()));
        add(tool("one"));
        refused(() -> add(tool("one")), "one");
        assertThat(registry.removeTool("two")).isFalse();

        assertThat(told).containsExactly(Registry.Kind.TOOLS);
    }

    @Test
    void aSourceThatHasNoToolsYetOffersTools() {
        registry.replaceTools(List.of(), List.of());

        assertThat(registry.offers(Registry.Kind.TOOLS)).isTrue();
        assertThat(registry.offers(Registry.Kind.PROMPTS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string'}",
                "{}",
                "{'type':'object','properties':{'a':{'type':'strong'}}}",
                "{'type':'object','properties':{'a':{'$ref':'https://example.com/schema'}}}",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/nowhere'}}}",
                "{'type':'object','$schema':'https://example.com/dialect'}",
            })
    void anInputSchemaThatCannotBeChecked(String schema) {
        refused(
                () -> add(SampleTools.draft("bad").input(json(schema)).handler((a, call) -> ToolResult.text(""))),
                "bad");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':{'type':'string','x-mcp-header':''}}",
                "{'a':{'type':'string','x-mcp-header':'two words'}}",
                "{'a':{'type':'number','x-mcp-header':'A'}}",
                "{'a':{'type':'string','x-mcp-header':7}}",
                "{'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}}",
                "{'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}}",
                "{'a':{'anyOf':[{'type':'string','x-mcp-header':'A'}]}}",
            })
    void headerFieldsThatAClientCouldNotSend(String properties) {
        var schema = json("{'type':'object','properties':" + properties + "}");

        refused(() -> add(SampleTools.draft("bad").input(schema).handler((a, call) -> ToolResult.text(""))), "bad");
    }

    @Test
    void aCacheThatWouldHideAnEffect() {
        refused(
                () -> SampleTools.draft("write")
                        .cacheFor(Duration.ofMinutes(1))
                        .handler((a, call) -> ToolResult.text("")),
                "write",
                "readOnly()");
    }

    @Test
    void aResourceAPromptATemplateThatIsThereAlready() {
        registry.add(Resource.of("a://b").name("b").text(() -> ""));
        refused(() -> registry.add(Resource.of("a://b").name("c").text(() -> "")), "a://b");

        registry.add(Prompt.named("p").description("P.").handler((arguments, call) -> List.of()));
        refused(() -> registry.add(Prompt.named("p").description("P.").handler((arguments, call) -> List.of())), "p");

        registry.add(ResourceTemplate.of("a://{id}").reader((uri, variables, call) -> List.of()));
        refused(
                () -> registry.add(ResourceTemplate.of("a://{id}").reader((uri, variables, call) -> List.of())),
                "a://{id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a://b", "a://{id", "a://{+path}", "a://{a,b}", "a://{id}/{?q}"})
    void aTemplateThatIsNone(String template) {
        refused(() -> ResourceTemplate.of(template).reader((uri, variables, call) -> List.of()), template);
    }

    @Test
    void aPromptWithoutAName() {
        refused(() -> Prompt.named(" ").description("P.").handler((arguments, call) -> List.of()), "name");
        refused(() -> Prompt.named("p").handler((arguments, call) -> List.of()), "description");
    }
}
