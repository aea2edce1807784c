package io.breakwater.core.validation;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.FailFastAssertionException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A validator (networknt) with the configuration of this server: it loads no schemas, uses JSON Pointers as paths,
 * checks formats, and limits the steps and the depth of a check. {@link #accepts} is cheap; {@link #errors} runs only
 * for values that are not accepted.
 */
final class ValidatorFactory {
    private static final int MAX_STEPS = 5_000_000;
    private static final int MAX_DEPTH = 400;
    private static final String META = "https://json-schema.org/draft/2020-12/";

    /** The meta-schemas, which the validator contains and which are the only documents that a schema may refer to. */
    static final Set<String> META_SCHEMAS = Set.of(
            META + "schema",
            META + "meta/core",
            META + "meta/applicator",
            META + "meta/unevaluated",
            META + "meta/validation",
            META + "meta/meta-data",
            META + "meta/format-annotation",
            META + "meta/format-assertion",
            META + "meta/content");

    private static final SchemaRegistry REGISTRY = registry();
    private static final ExecutionConfig FAIL_FAST = execution(true);
    private static final ExecutionConfig ALL_ERRORS = execution(false);

    private final Schema schema;

    private ValidatorFactory(Schema schema) {
        this.schema = schema;
    }

    static ValidatorFactory of(JsonNode schema) {
        var compiled = REGISTRY.getSchema(schema);
        compiled.initializeValidators();
        return new ValidatorFactory(compiled);
    }

    boolean accepts(JsonNode value) {
        var context = new ExecutionContext(FAIL_FAST);
        try {
            schema.validate(context, value);
            return context.getErrors().isEmpty();
        } catch (FailFastAssertionException failed) {
            return false;
        }
    }

    /** Returns the errors in the order in which the validator finds them. */
    List<Error> errors(JsonNode value, int max) {
        var context = new ExecutionContext(ALL_ERRORS);
        var errors = new ErrorCollector(max);
        context.setErrors(errors);
        try {
            schema.validate(context, value);
        } catch (ErrorCollector.EnoughErrorsException stop) {
            return errors;
        }
        return errors;
    }

    private static ExecutionConfig execution(boolean failFast) {
        return ExecutionConfig.builder()
                .failFast(failFast)
                .formatAssertionsEnabled(true)
                .locale(Locale.ROOT)
                .maxEvaluationSteps(MAX_STEPS)
                .maxEvaluationDepth(MAX_DEPTH)
                .build();
    }

    private static SchemaRegistry registry() {
        var dialects = Stream.of(Dialects.getDraft202012(), Dialects.getDraft201909(), Dialects.getDraft7())
                .map(ValidatorFactory::bounded)
                .toList();
        return SchemaRegistry.builder()
                .defaultDialectId(Dialects.getDraft202012().getId())
                .dialectRegistry(new BasicDialectRegistry(dialects))
                .schemaCacheEnabled(false)
                .schemaLoader(loader -> loader.allow(iri -> META_SCHEMAS.contains(iri.toString())))
                .schemaRegistryConfig(settings())
                .build();
    }

    private static Dialect bounded(Dialect dialect) {
        return Dialect.builder(dialect)
                .keyword(new UniqueItems())
                .keywords(NumberKeyword.ALL)
                // Unknown keywords, such as x-mcp-header, are allowed and have no effect on validation.
                .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                .formatKeywordFactory(formats -> {
                    var bounded = new HashMap<>(formats);
                    bounded.replaceAll((name, format) -> BoundedFormat.of(format));
                    bounded.computeIfPresent("email", (name, format) -> new EmailFormat(format));
                    bounded.computeIfPresent("idn-email", (name, format) -> new EmailFormat(format));
                    return new FormatKeyword(bounded);
                })
                .build();
    }

    private static SchemaRegistryConfig settings() {
        return SchemaRegistryConfig.builder()
                .preloadSchema(true)
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .regularExpressionFactory(new BoundedPattern())
                // ISO 8601 as in java.time, with fractions of a second and a sign.
                .strict("duration", false)
                .build();
    }
}
