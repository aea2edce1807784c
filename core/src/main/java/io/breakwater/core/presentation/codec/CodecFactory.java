package io.breakwater.core.presentation.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the form of one type, and is thrown away. A type that is met inside itself is referred to. */
final class CodecFactory extends TypeVisitor<TypeCodec> {
    private final Map<String, RecursiveCodec> open = new HashMap<>();

    private CodecFactory() {}

    /**
     * The form of that type.
     *
     * @throws io.breakwater.server.schema.InvalidSchemaException when it cannot have one
     */
    static TypeCodec of(Class<?> type) {
        return new CodecFactory().walk(ResolvedType.of(type), type.getSimpleName());
    }

    @Override
    TypeCodec scalar(ScalarType scalar) {
        return scalar.form();
    }

    @Override
    TypeCodec enumeration(Class<?> type) {
        return new EnumCodec(type);
    }

    @Override
    TypeCodec items(ResolvedType use, ResolvedType item, String at) {
        var slot = slot(item, at);
        return use.raw().isArray()
                ? new ArrayCodec(use.raw().getComponentType(), slot)
                : new ListCodec(use.raw() == Set.class, slot);
    }

    @Override
    TypeCodec map(ResolvedType key, ResolvedType value, String at) {
        return new MapCodec(key.raw().isEnum() ? new EnumCodec(key.raw()) : null, slot(value, at));
    }

    private ElementCodec slot(ResolvedType use, String at) {
        return new ElementCodec(walk(use, at), use.nullable());
    }

    @Override
    TypeCodec record(ResolvedType use) {
        return once(use, () -> record(use, null));
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
        return once(use, () -> variants(use.raw()));
    }

    private TypeCodec variants(Class<?> sealed) {
        var byName = new LinkedHashMap<String, TypeCodec>();
        var byClass = new HashMap<Class<?>, TypeCodec>();
        SealedVariants.of(sealed).forEach((name, variant) -> {
            var form = record(ResolvedType.of(variant), name);
            byName.put(name, form);
            byClass.put(variant, form);
        });
        return new VariantCodec(byName, byClass);
    }

    private TypeCodec once(ResolvedType use, Supplier<TypeCodec> maker) {
        var key = use.signature();
        var around = open.get(key);
        if (around != null) {
            return around;
        }
        var reference = new RecursiveCodec();
        open.put(key, reference);
        var whole = maker.get();
        open.remove(key);
        reference.is(whole);
        return whole;
    }
}
