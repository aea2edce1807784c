package io.breakwater.bootstrap.bench.micro;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;

/** Holding arguments against the schema of their tool. */
@State(Scope.Benchmark)
public class ArgumentsBenchmark {
    private final ValueSchema text = ValueSchema.compile(object("""
            {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}"""));
    private final JsonNode hello = tree("""
            {"message": "hello world"}""");
    private final JsonNode number = tree("""
            {"message": 5}""");

    private final ValueSchema order = ValueSchema.compile(object("""
            {"type": "object", "required": ["customer", "lines"], "additionalProperties": false, "properties": {
              "customer": {"type": "string", "minLength": 1, "maxLength": 80},
              "express": {"type": "boolean"},
              "lines": {"type": "array", "minItems": 1, "items": {
                "type": "object", "required": ["article", "count"], "properties": {
                  "article": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$"},
                  "count": {"type": "integer", "minimum": 1, "maximum": 1000}}}}}}"""));
    private final JsonNode threeLines = tree("""
            {"customer": "Ada", "express": true, "lines": [
              {"article": "AB-1234", "count": 2}, {"article": "CD-5678", "count": 1}, {"article": "EF-9012", "count": 7}]}""");

    /** One string, as the load generators send it. */
    @Benchmark
    public List<Violation> oneString() {
        return text.check(hello);
    }

    /** The same, but a number, so that there is something to say. */
    @Benchmark
    public List<Violation> oneMistake() {
        return text.check(number);
    }

    /** Nested objects in an array, with bounds and a pattern. */
    @Benchmark
    public List<Violation> nested() {
        return order.check(threeLines);
    }

    private static Json.Obj object(String json) {
        return (Json.Obj) ParsedJson.read(Messages.utf8(json)).json();
    }

    private static JsonNode tree(String json) {
        return ParsedJson.read(Messages.utf8(json)).tree();
    }
}
