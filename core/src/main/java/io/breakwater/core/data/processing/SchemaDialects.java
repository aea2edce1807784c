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

/** The dialects of JSON Schema that are understood, and how: without loading, and quiet about keywords of others. */
final class SchemaDialects {
    /** The descriptions of the dialects come with the validator; nothing else may be loaded. */
    private static final Pattern PUBLISHED = Pattern.compile(
            "https?://json-schema\\.org/draft(-0[467]/schema|/(2019-09|2020-12)/(schema|meta/[a-z-]+))#?");

    private static final List<Dialect> KNOWN = Stream.of(
                    getDraft202012(), getDraft201909(), getDraft7(), getDraft6(), getDraft4())
            .map(SchemaDialects::quiet)
            .toList();

    private SchemaDialects() {}

    /** The address of the dialect a schema names; 2020-12 where it names none or one that is not known. */
    static String of(JsonNode schema) {
        return Optional.ofNullable(schema.get("$schema"))
                .map(named -> withoutFragment(named.asString("")))
                .filter(named -> KNOWN.stream()
                        .anyMatch(known -> withoutFragment(known.getId()).equals(named)))
                .orElse(getDraft202012().getId());
    }

    /** A new registry: each caller's schema gets its own, so that no name in it can be seen by another. */
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

    private static Dialect quiet(Dialect dialect) {
        return Dialect.builder(dialect)
                .unknownKeywordFactory((name, context) -> new AnnotationKeyword(name))
                .build();
    }
}
