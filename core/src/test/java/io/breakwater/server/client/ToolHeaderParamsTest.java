package io.breakwater.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolHeaderParamsTest {
    private final ToolHeaderParams fields = new ToolHeaderParams();

    ToolHeaderParamsTest() {
        var place = Json.object().put("properties", one("city", "City")).build();
        var schema = Json.object()
                .put("region", annotated("Region"))
                .put("count", annotated("Count"))
                .put("dry", annotated("Dry"))
                .put("plain", Json.Obj.EMPTY)
                .put("place", place)
                .build();
        fields.update(List.of(Json.object()
                .put("name", "t")
                .put("inputSchema", Json.object().put("properties", schema).build())
                .build()));
    }

    private static Json annotated(String field) {
        return Json.object().put("x-mcp-header", field).build();
    }

    private static Json one(String name, String field) {
        return Json.object().put(name, annotated(field)).build();
    }

    @Test
    void repeatsTextsNumbersAndBooleans() {
        var arguments = Json.object()
                .put("region", "eu")
                .put("count", Json.of(new BigDecimal("1E+2")))
                .put("dry", true)
                .put("plain", "not said")
                .build();
        assertThat(fields.headerFields("t", arguments))
                .isEqualTo(Map.of("Mcp-Param-Region", "eu", "Mcp-Param-Count", "100", "Mcp-Param-Dry", "true"));
    }

    @Test
    void repeatsArgumentsInsideArguments() {
        var arguments = Json.object()
                .put("place", Json.object().put("city", "Köln").build())
                .build();
        assertThat(fields.headerFields("t", arguments)).isEqualTo(Map.of("Mcp-Param-City", "=?base64?S8O2bG4=?="));
    }

    @Test
    void leavesOutWhatIsAbsentOrNull() {
        assertThat(fields.headerFields(
                        "t", Json.object().put("region", Json.Null.NULL).build()))
                .isEmpty();
        assertThat(fields.headerFields(
                        "unknown", Json.object().put("region", "eu").build()))
                .isEmpty();
    }
}
