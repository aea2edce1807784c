package io.breakwater.core.presentation.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates the codec of one type; each instance is used once. A type that contains itself gets a {@link RecursiveCodec}.
 */
final class CodecFactory extends TypeVisitor<TypeCodec> {
    private final Map<String, RecursiveCodec> open = new HashMap<>();

    private CodecFactory() {}

    /**
     * Returns the codec of a type.
     *
     * @throws io.breakwater.server.schema.InvalidSchemaException if the type cannot be converted
     */
    static TypeCodec of(Class<?> type) {
        return of(ResolvedType.of(type), type.getSimpleName());
    }

    /** Creates the codec of a type with its type arguments. */
    static TypeCodec of(ResolvedType type, String at) {
        return new CodecFactory().walk(type, at);
    }

    /** Creates the readers of the members of an object that is not a record. */
    static List<MemberReader> readers(List<ComponentInfo> components) {
        var factory = new CodecFactory();
        return components.stream()
                .map(component -> new MemberReader(component, factory.walk(component.type(), component.at())))
                .toList();
    }

    @Override
    TypeCodec scalar(ScalarType scalar) {
        return scalar.codec();
    }

    @Override
    TypeCodec enumeration(Class<?> type) {
        return new EnumCodec(type);
    }

    @Override
    TypeCodec items(ResolvedType use, ResolvedType item, String at) {
        var element = element(item, at);
        return use.raw().isArray()
                ? new ArrayCodec(use.raw().getComponentType(), element)
                : new ListCodec(use.raw() == Set.class, element);
    }

    @Override
    TypeCodec map(ResolvedType key, ResolvedType value, String at) {
        return new MapCodec(key.raw().isEnum() ? new EnumCodec(key.raw()) : null, element(value, at));
    }

    private ElementCodec element(ResolvedType use, String at) {
        return new ElementCodec(walk(use, at), use.nullable());
    }

    @Override
    TypeCodec record(ResolvedType use) {
        return withReference(use, () -> record(use, null));
    }

    private TypeCodec record(ResolvedType use, @Nullable String variant) {
        List<MemberCodec> members = new ArrayList<>();
        for (var component : ComponentInfo.of(use)) {
            members.add(new MemberCodec(component, walk(component.type(), component.at())));
        }
        return new ObjectCodec(use.raw(), members, variant);
    }

    @Override
    TypeCodec variants(ResolvedType use) {
        return withReference(use, () -> variants(use.raw()));
    }

    private TypeCodec variants(Class<?> sealed) {
        var byName = new LinkedHashMap<String, TypeCodec>();
        var byClass = new HashMap<Class<?>, TypeCodec>();
        SealedVariants.of(sealed).forEach((name, variant) -> {
            var codec = record(ResolvedType.of(variant), name);
            byName.put(name, codec);
            byClass.put(variant, codec);
        });
        return new VariantCodec(byName, byClass);
    }

    private TypeCodec withReference(ResolvedType use, Supplier<TypeCodec> factory) {
        var key = use.signature();
        var enclosing = open.get(key);
        if (enclosing != null) {
            return enclosing;
        }
        var reference = new RecursiveCodec();
        open.put(key, reference);
        var whole = factory.get();
        open.remove(key);
        reference.resolve(whole);
        return whole;
    }
}
