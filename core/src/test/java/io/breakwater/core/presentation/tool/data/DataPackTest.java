package io.breakwater.core.presentation.tool.data;

import static io.breakwater.core.business.processing.Documents.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.business.processing.DataProcessing;
import io.breakwater.core.business.processing.Documents;
import io.breakwater.core.data.processing.BoundedSchemaCheck;
import io.breakwater.core.data.processing.JsonataTransformer;
import io.breakwater.core.data.processing.TransformLimits;
import io.breakwater.core.presentation.tool.data.ProcessDataArguments.Kind;
import io.breakwater.core.presentation.tool.data.ProcessDataArguments.Options;
import io.breakwater.core.validation.SchemaLimits;
import io.breakwater.port.Json;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolDefinition.CacheRule;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.settings.ProcessingLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataPackTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DataPack pack = new DataPack(
            new DataProcessing(
                    new JsonataTransformer(TransformLimits.defaults(), System::nanoTime),
                    new BoundedSchemaCheck(SchemaLimits.defaults()),
                    InstantSource.fixed(NOON),
                    ProcessingLimits.defaults()),
            Duration.ofMinutes(5),
            "test");

    @Test
    void transforms() {
        var options = new Options("orders.id", null, null, null);

        assertThat(process(Documents.orders(), Kind.TRANSFORM, options))
                .isEqualTo(new ProcessDataResult(
                        "transform", Documents.size(Documents.orders()), NOON, json("['A-1001','A-1002','A-1003']")));
    }

    @Test
    void flattensWithoutAnExpression() {
        assertThat(process(json("{'a':[1,{'b':null}]}"), Kind.TRANSFORM, null).result())
                .isEqualTo(json("{'a[0]':1,'a[1].b':null}"));
    }

    @Test
    void validates() {
        var options = new Options(null, json("{'properties':{'shop':{'type':'integer'}}}"), null, null);

        var result =
                (Json.Obj) process(Documents.orders(), Kind.VALIDATE, options).result();

        assertThat(result.get("valid")).isEqualTo(Json.of(false));
        assertThat(result.get("violations"))
                .isEqualTo(json("[{'pointer':'/shop','keyword':'type','message':'string found, integer expected'}]"));
    }

    @Test
    void analyzes() {
        var options = new Options(null, null, List.of(BigDecimal.valueOf(50)), null);

        var result = (Json.Obj) process(json("[{'price':1.10},{'price':2.30}]"), Kind.ANALYZE, options)
                .result();

        assertThat(result.object("paths").object("$[].price").object("numbers")).isEqualTo(json("""
                        {"min":1.10,"max":2.30,"sum":3.4,"mean":1.7,"stddev":0.848528137423857,"p50":1.7}"""));
    }

    @Test
    void tellsTheCallerWhatToPutRight() {
        var options = new Options("orders.id", null, null, null);

        assertThatThrownBy(() -> process(Documents.orders(), Kind.VALIDATE, options))
                .asInstanceOf(InstanceOfAssertFactories.type(ToolException.class))
                .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_PARAMS))
                .satisfies(error -> assertThat(error.getMessage())
                        .isEqualTo("validate has no option 'expression'; it takes schema."));
        assertThatThrownBy(() -> process(Json.of("x".repeat(11_000)), Kind.TRANSFORM, null))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("11002 bytes")
                .hasMessageContaining("10240");
    }

    @Test
    void describesItself() {
        var definition = tool().definition();

        assertThat(pack.name()).isEqualTo("data");
        assertThat(definition.name()).isEqualTo("process_data");
        assertThat(definition.executionMode()).isEqualTo(ExecutionMode.CPU);
        assertThat(definition.cache()).isEqualTo(new CacheRule(Duration.ofMinutes(5), true, "", null, null));
        assertThat(definition.hints().readOnly()).isTrue();
        assertThat(definition.hints().openWorld()).isFalse();
        assertThat(definition
                        .inputSchema()
                        .object("properties")
                        .object("operation")
                        .get("enum"))
                .isEqualTo(json("['transform','validate','analyze']"));
        assertThat(definition.inputSchema().get("required")).isEqualTo(json("['data','operation']"));
        assertThat(requireNonNull(definition.outputSchema())
                        .object("properties")
                        .members())
                .containsOnlyKeys(
                        "operation", "input_size", "processed_at", "result", "cache_status", "server_environment");
    }

    @Test
    void stampsWhatIsTrueOfOneCallAlone() {
        assertThat(requireNonNull(tool().resultDecorator()).apply(CacheStatus.HIT))
                .isEqualTo(new CacheStatusMembers("hit", "test"));
    }

    private Tool tool() {
        return pack.tools().getFirst();
    }

    private ProcessDataResult process(Json data, Kind kind, @Nullable Options options) {
        return pack.process(new ProcessDataArguments(data, kind, options), ManualCallContext.unhurried());
    }
}
