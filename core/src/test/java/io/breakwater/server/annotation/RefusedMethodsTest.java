package io.breakwater.server.annotation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Header;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot work is refused at once, in a sentence that names the class and the method and says what to do. */
@SuppressWarnings({"NullablePrimitive", "UnusedMethod", "UnusedVariable", "OptionalUsedAsFieldOrParameterType"})
class RefusedMethodsTest {

    /** An object with one method that is refused, and the reason. */
    record Refused(Object object, String where, String... words) {
        @Override
        public String toString() {
            return where + " " + String.join(" ", words);
        }
    }

    static class Blank {
        @McpTool(description = " ")
        void blank() {}
    }

    static class BadName {
        @McpTool(name = "two words", description = "D.")
        void badName() {}
    }

    static class TwoKinds {
        @McpTool(description = "D.")
        @McpPrompt(description = "D.")
        String both() {
            return "";
        }
    }

    static class Overloads {
        @McpTool(description = "D.")
        void find(String name) {}

        @McpTool(description = "D.")
        void find(long id) {}
    }

    static class SameUri {
        @McpResource(uri = "a://b")
        String one() {
            return "";
        }

        @McpResource(uri = "a://b")
        String two() {
            return "";
        }
    }

    static class SameArgument {
        @McpTool(description = "D.")
        void find(String id, @Arg(name = "id") String other) {}
    }

    static class TwoNames {
        @McpTool(description = "D.")
        void find(@Name("a") @Arg(name = "b") String id) {}
    }

    static class EmptyName {
        @McpTool(description = "D.")
        void find(@Name("") String id) {}
    }

    static class TwoDescriptions {
        @McpTool(description = "D.")
        void find(@Description("a") @Arg("b") String id) {}
    }

    static class StrayArgument {
        @McpTool(description = "D.")
        void find() {}

        void stray(@Arg("b") String id) {}
    }

    static class DescribedCall {
        @McpTool(description = "D.")
        void find(@Arg("the call") Call call) {}
    }

    static class UnknownType {
        @McpTool(description = "D.")
        void find(Thread thread) {}
    }

    static class UnknownResult {
        @McpTool(description = "D.")
        Thread find() {
            return Thread.currentThread();
        }
    }

    static class OptionalInside {
        @McpTool(description = "D.")
        void find(List<Optional<String>> names) {}
    }

    static class RawList {
        @McpTool(description = "D.")
        @SuppressWarnings("rawtypes")
        void find(List names) {}
    }

    static class NumberKeys {
        @McpTool(description = "D.")
        void find(Map<Integer, String> names) {}
    }

    static class MethodVariable {
        @McpTool(description = "D.")
        <T> void find(T value) {}
    }

    static class ClassVariable<T> {
        @McpTool(description = "D.")
        List<T> find() {
            return List.of();
        }
    }

    static class NullablePrimitive {
        @McpTool(description = "D.")
        void find(@OldKind.Nullable int value) {}
    }

    static class WrongConstraint {
        @McpTool(description = "D.")
        void find(@Length(max = 3) int value) {}
    }

    static class WrongDefault {
        @McpTool(description = "D.")
        void find(@Default("many") int value) {}
    }

    static class WrongHeader {
        @McpTool(description = "D.")
        void find(@Header("Names") List<String> names) {}
    }

    static class InsideRecord {
        record Found(Object anything) {}

        @McpTool(description = "D.")
        Found find() {
            return new Found("");
        }
    }

    static class OptionalResult {
        @McpTool(description = "D.")
        Optional<String> find() {
            return Optional.empty();
        }
    }

    static class NullableResult {
        @McpTool(description = "D.")
        @Nullable
        String find() {
            return null;
        }
    }

    static class RawStage {
        @McpTool(description = "D.")
        @SuppressWarnings("rawtypes")
        CompletionStage find() {
            return CompletableFuture.completedFuture("");
        }
    }

    static class InlineStage {
        @McpTool(description = "D.", executionMode = ExecutionMode.INLINE)
        CompletionStage<String> find() {
            return CompletableFuture.completedFuture("");
        }
    }

    static class CachedText {
        @McpTool(description = "D.", readOnly = true, cacheFor = "PT1M")
        String find() {
            return "";
        }
    }

    static class CachedWrite {
        @McpTool(description = "D.", cacheFor = "PT1M")
        int find() {
            return 1;
        }
    }

    static class CachedTwice {
        @McpTool(description = "D.", readOnly = true, cacheFor = "PT1M", cacheForAll = "PT1M")
        int find() {
            return 1;
        }
    }

    static class StaleWithoutCache {
        @McpTool(description = "D.", readOnly = true, staleIfError = "PT1M")
        int find() {
            return 1;
        }
    }

    static class BadDuration {
        @McpTool(description = "D.", timeout = "5 minutes")
        void find() {}
    }

    static class NegativeDuration {
        @McpTool(description = "D.", timeout = "PT-5S")
        void find() {}
    }

    static class UnknownTag {
        @McpTool(description = "D.", invalidates = "order:{number}")
        void find(String id) {}
    }

    static class ListTag {
        @McpTool(description = "D.", invalidates = "order:{ids}")
        void find(List<String> ids) {}
    }

    static class BrokenTag {
        @McpTool(description = "D.", invalidates = "order:{id")
        void find(String id) {}
    }

    static class TaskWithoutSupport {
        @McpTool(description = "D.", taskOnDemand = true)
        void find() {}
    }

    static class MissingVariable {
        @McpResource(uri = "order://{number}/{line}")
        String find(String number) {
            return number;
        }
    }

    static class ExtraParameter {
        @McpResource(uri = "order://{number}")
        String find(String number, String line) {
            return number + line;
        }
    }

    static class ParameterOfAFixedUri {
        @McpResource(uri = "order://all")
        String find(String number) {
            return number;
        }
    }

    static class BadTemplate {
        @McpResource(uri = "order://{+number}")
        String find(String number) {
            return number;
        }
    }

    static class ListVariable {
        @McpResource(uri = "order://{numbers}")
        String find(List<String> numbers) {
            return numbers.toString();
        }
    }

    static class NoUri {
        @McpResource(uri = "no uri")
        String find() {
            return "";
        }
    }

    static class EmptyResource {
        @McpResource(uri = "order://all")
        void find() {}
    }

    static class KeptTwice {
        @McpResource(uri = "order://all", cacheFor = "PT1M", cacheForAll = "PT1M")
        String find() {
            return "";
        }
    }

    static class RecordPrompt {
        @McpPrompt(description = "D.")
        InsideRecord.Found write() {
            return new InsideRecord.Found("");
        }
    }

    static class ListArgument {
        @McpPrompt(description = "D.")
        String write(List<String> names) {
            return names.toString();
        }
    }

    static class BlankPrompt {
        @McpPrompt(description = "")
        String write() {
            return "";
        }
    }

    /** Holds an annotation on declarations, as older libraries have it. */
    @interface OldKind {
        @Retention(RetentionPolicy.RUNTIME)
        @Target(ElementType.PARAMETER)
        @interface Nullable {}
    }

    static List<Refused> refused() {
        return List.of(
                new Refused(new Blank(), "Blank.blank", "Set description = \"…\" in @McpTool."),
                new Refused(new BadName(), "BadName.badName", "1 to 128"),
                new Refused(new TwoKinds(), "TwoKinds.both", "one of @McpTool"),
                new Refused(new Overloads(), "Overloads.find", "find(String)", "find(long)", "Set name ="),
                new Refused(new SameUri(), "SameUri.two", "resource \"a://b\"", "Set uri ="),
                new Refused(new SameArgument(), "SameArgument.find", "\"id\"", "@Arg(name ="),
                new Refused(new TwoNames(), "TwoNames.find", "parameter 1 has two names"),
                new Refused(new EmptyName(), "EmptyName.find", "the @Name of parameter 1 is empty"),
                new Refused(new TwoDescriptions(), "TwoDescriptions.find", "two descriptions"),
                new Refused(new StrayArgument(), "StrayArgument.stray", "@Arg has no effect"),
                new Refused(new DescribedCall(), "DescribedCall.find", "Remove its @Arg"),
                new Refused(new UnknownType(), "UnknownType.find(thread)", "Thread"),
                new Refused(new UnknownResult(), "UnknownResult.find", "Thread"),
                new Refused(new OptionalInside(), "OptionalInside.find(names)", "Optional"),
                new Refused(new RawList(), "RawList.find(names)", "List<…>"),
                new Refused(new NumberKeys(), "NumberKeys.find(names)", "keys"),
                new Refused(new MethodVariable(), "MethodVariable.find(value)", "type variable T"),
                new Refused(new ClassVariable<String>(), "ClassVariable.find", "type variable T"),
                new Refused(new NullablePrimitive(), "NullablePrimitive.find(value)", "a primitive cannot be null"),
                new Refused(new WrongConstraint(), "WrongConstraint.find(value)", "@Length"),
                new Refused(new WrongDefault(), "WrongDefault.find(value)", "many"),
                new Refused(new WrongHeader(), "WrongHeader.find", "x-mcp-header"),
                new Refused(new InsideRecord(), "InsideRecord.find", "Found.anything"),
                new Refused(new OptionalResult(), "OptionalResult.find", "NOT_FOUND"),
                new Refused(new NullableResult(), "NullableResult.find", "NOT_FOUND"),
                new Refused(new RawStage(), "RawStage.find", "CompletionStage<…>"),
                new Refused(new InlineStage(), "InlineStage.find", "VIRTUAL"),
                new Refused(new CachedText(), "CachedText.find", "Return a record"),
                new Refused(new CachedWrite(), "CachedWrite.find", "readOnly"),
                new Refused(new CachedTwice(), "CachedTwice.find", "exclude each other"),
                new Refused(new StaleWithoutCache(), "StaleWithoutCache.find", "cacheFor"),
                new Refused(new BadDuration(), "BadDuration.find", "timeout", "PT5M"),
                new Refused(new NegativeDuration(), "NegativeDuration.find", "\"PT-5S\"", "longer than zero"),
                new Refused(new UnknownTag(), "UnknownTag.find", "arguments are: id"),
                new Refused(new ListTag(), "ListTag.find", "order:{ids}"),
                new Refused(new BrokenTag(), "BrokenTag.find", "between { and }"),
                new Refused(new TaskWithoutSupport(), "TaskWithoutSupport.find", "task = TaskSupport"),
                new Refused(new MissingVariable(), "MissingVariable.find", "parameters are: number"),
                new Refused(new ExtraParameter(), "ExtraParameter.find", "parameters are: number, line"),
                new Refused(new ParameterOfAFixedUri(), "ParameterOfAFixedUri.find", "order://all"),
                new Refused(new BadTemplate(), "BadTemplate.find", "RFC 6570"),
                new Refused(new ListVariable(), "ListVariable.find(numbers)", "a variable of a URI is a string"),
                new Refused(new NoUri(), "NoUri.find", "begin with a scheme"),
                new Refused(new EmptyResource(), "EmptyResource.find", "needs contents"),
                new Refused(new KeptTwice(), "KeptTwice.find", "exclude each other"),
                new Refused(new RecordPrompt(), "RecordPrompt.write", "Prompt.Message"),
                new Refused(new ListArgument(), "ListArgument.write(names)", "an argument of a prompt is a string"),
                new Refused(new BlankPrompt(), "BlankPrompt.write", "Set description = \"…\" in @McpPrompt."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCannotWork(Refused refused) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of(refused.object()))
                .withMessageStartingWith(refused.where())
                .withMessageContainingAll(refused.words());
    }

    @Test
    void refusesAnObjectWithoutAnnotatedMethods() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of("text"))
                .withMessage("String has no method with @McpTool, @McpResource or @McpPrompt. Annotate one.");
    }

    @Test
    void refusesAClassInPlaceOfAnObject() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of(Blank.class))
                .withMessage("ToolMethods.of needs an object, not a class: pass new Blank(…) instead of Blank.class.");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless embedder writes
    void refusesNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolMethods.of(null))
                .withMessage("ToolMethods.of needs an object, and got null.");
    }
}
