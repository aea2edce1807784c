package io.breakwater.core.data.processing;

import static com.networknt.schema.dialect.Dialects.getDraft201909;
import static com.networknt.schema.dialect.Dialects.getDraft202012;
import static com.networknt.schema.dialect.Dialects.getDraft4;
import static com.networknt.schema.dialect.Dialects.getDraft6;
import static com.networknt.schema.dialect.Dialects.getDraft7;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The supported dialects of JSON Schema. Schemas are not loaded from elsewhere, and unknown keywords are ignored
 * without a log line.
 */
final class SchemaDialects {
    /** The ids of the meta-schemas, which are part of the validator; no other schema may be loaded. */
    private static final Pattern PUBLISHED = Pattern.compile(
            "https?://json-schema\\.org/draft(-0[467]/schema|/(2019-09|2020-12)/(schema|meta/[a-z-]+))#?");

    private static final List<Dialect> KNOWN = Stream.of(
                    getDraft202012(), getDraft201909(), getDraft7(), getDraft6(), getDraft4())
            .map(SchemaDialects::ignoringUnknown)
            .toList();

    private SchemaDialects() {}

    /** Returns the id of the dialect of a schema; 2020-12 if it names none or an unknown one. */
    static String of(JsonNode schema) {
        return Optional.ofNullable(schema.get("$schema"))
                .map(named -> withoutFragment(named.asString("")))
                .filter(named -> KNOWN.stream()
                        .anyMatch(known -> withoutFragment(known.getId()).equals(named)))
                .orElse(getDraft202012().getId());
    }

    /** Creates a registry. Each schema of a caller gets its own, so that its names are not visible to other callers. */
    static SchemaRegistry registry(RegularExpressionFactory patterns) {
        return SchemaRegistry.builder()
                .defaultDialectId(getDraft202012().getId())
                .dialectRegistry(new BasicDialectRegistry(KNOWN))
                .schemaLoader(loader ->
                        loader.allow(iri -> PUBLISHED.matcher(iri.toString()).matches()))
                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .regularExpressionFactory(patterns)
                        .build())
                .build();
    }

    private static String withoutFragment(String address) {
        return address.endsWith("#") ? address.substring(0, address.length() - 1) : address;
    }

    private static Dialect ignoringUnknown(Dialect dialect) {
        return Dialect.builder(dialect)
                .unknownKeywordFactory((name, context) -> new AnnotationKeyword(name))
                .build();
    }
}
