package io.breakwater.core.business.processing;

import static io.breakwater.core.business.processing.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.settings.ProcessingLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataProcessingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DataProcessing processing = new DataProcessing(
            (expression, document, scope) -> Json.array(Json.of(expression), document),
            (document, schema) -> new Violations(List.of(new Violations.Violation("/a", "type", "no")), 3),
            InstantSource.fixed(NOON),
            new ProcessingLimits(100, 4, 120, 10, 10));

    @Test
    void tellsWhatWasDoneWhenAndToHowMuch() {
        var processed = process("{'a': 1}", new Operation.Transform("a"));

        assertThat(processed).isEqualTo(new ProcessingResult("transform", 7, NOON, json("['a',{'a':1}]")));
    }

    @Test
    void reportsViolationsWithTheirTotal() {
        assertThat(process("{}", new Operation.Validate(Json.Obj.EMPTY)).result())
                .isEqualTo(json("""
                {"valid":false,"violation_count":3,"violations":[{"pointer":"/a","keyword":"type","message":"no"}]}"""));
    }

    @Test
    void rejectsDataAboveTheLimitWithBothSizes() {
        var tooMuch = "['" + "x".repeat(97) + "']";

        assertThatThrownBy(() -> process(tooMuch, new Operation.Flatten()))
                .isInstanceOf(ProcessingException.class)
                .hasMessage("The data has 101 bytes as compact JSON, more than the limit of 100; send a part of it.");
    }

    @Test
    void refusesDataThatNestsTooDeeply() {
        assertThatThrownBy(() -> process("[[[[[1]]]]]", new Operation.Flatten()))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("deeper than 4 levels");
    }

    @Test
    void refusesNumbersAtTheEdgeOfArithmetic() {
        assertThatThrownBy(() -> process("[1000e2147483647]", new Operation.Flatten()))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("exponent");
    }

    @Test
    void refusesAResultAboveTheLimit() {
        var expression = "x".repeat(130);

        assertThatThrownBy(() -> process("1", new Operation.Transform(expression)))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("larger than 120 bytes");
    }

    @Test
    void hasTheDocumentedLimits() {
        assertThat(ProcessingLimits.defaults()).isEqualTo(new ProcessingLimits(10_240, 64, 262_144, 200, 1_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsTheBytesThatTheEncoderWouldWrite(long seed) {
        var document = Documents.random(new SplittableRandom(seed), 5);

        assertThat(CompactSize.of(document, Long.MAX_VALUE, 10)).isEqualTo(Documents.size(document));
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(100).boxed().toList();
    }

    private ProcessingResult process(String data, Operation operation) {
        return processing.process(json(data), operation, ManualCallContext.unhurried());
    }
}
