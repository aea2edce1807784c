package io.breakwater.core.validation;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import java.util.HashMap;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The only setup of the validator (networknt): it loads no documents except the meta-schemas, which it contains, uses
 * JSON Pointers as paths, ignores unknown keywords, and replaces the keywords, formats and patterns whose cost has no
 * limit.
 */
final class ValidatorRegistry {
    private static final SchemaRegistry AUTHORS =
            registry(SchemaOrigin.AUTHOR, Dialects.getDraft202012(), Dialects.getDraft201909(), Dialects.getDraft7());

    private ValidatorRegistry() {}

    /** The registry for schemas of callers, which most servers need late or never. */
    private static final class Callers {
        private static final SchemaRegistry REGISTRY = registry(
                SchemaOrigin.CALLER,
                Dialects.getDraft202012(),
                Dialects.getDraft201909(),
                Dialects.getDraft7(),
                Dialects.getDraft6(),
                Dialects.getDraft4());
    }

    /** Compiles a schema. */
    static Schema compile(JsonNode schema, SchemaOrigin origin) {
        var compiled = registry(origin).getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }

    /** Returns the schema of the schemas of a dialect, compiled once. */
    static Schema metaSchema(SchemaDialect dialect) {
        return registry(dialect.isForAuthors() ? SchemaOrigin.AUTHOR : SchemaOrigin.CALLER)
                .getSchema(SchemaLocation.of(dialect.id()));
    }

    private static SchemaRegistry registry(SchemaOrigin origin) {
        return switch (origin) {
            case AUTHOR -> AUTHORS;
            case CALLER -> Callers.REGISTRY;
        };
    }

    private static SchemaRegistry registry(SchemaOrigin origin, Dialect... dialects) {
        return SchemaRegistry.builder()
                .defaultDialectId(SchemaDialect.DRAFT_2020_12.id())
                .dialectRegistry(new BasicDialectRegistry(Stream.of(dialects)
                        .map(dialect -> bounded(dialect, origin))
                        .toList()))
                .schemaLoader(loader -> loader.allow(iri -> SchemaDialect.isMetaSchema(iri.toString())))
                .schemaRegistryConfig(settings(origin))
                .build();
    }

    private static Dialect bounded(Dialect dialect, SchemaOrigin origin) {
        return Dialect.builder(dialect)
                .keywords(
                        dialect.getSpecificationVersion() == SpecificationVersion.DRAFT_4
                                ? BoundedKeyword.DRAFT_04
                                : BoundedKeyword.ALL)
                // Unknown keywords, such as x-mcp-header, are allowed and have no effect on validation.
                .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                .formatKeywordFactory(formats -> {
                    var bounded = new HashMap<>(formats);
                    bounded.replaceAll((name, format) -> BoundedFormat.of(format, origin));
                    bounded.computeIfPresent("email", (name, format) -> new EmailFormat(format));
                    bounded.computeIfPresent("idn-email", (name, format) -> new EmailFormat(format));
                    return new FormatKeyword(bounded);
                })
                .build();
    }

    private static SchemaRegistryConfig settings(SchemaOrigin origin) {
        return SchemaRegistryConfig.builder()
                .preloadSchema(true)
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .regularExpressionFactory(new BoundedPatterns(origin))
                // For authors: ISO 8601 as in java.time, with fractions of a second and a sign.
                .strict("duration", origin == SchemaOrigin.CALLER)
                .build();
    }
}
