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
final class Forms extends TypeWalk<Form> {
    private final Map<String, Reference> open = new HashMap<>();

    private Forms() {}

    /**
     * The form of that type.
     *
     * @throws io.breakwater.core.presentation.catalog.schema.SchemaRefused when it cannot have one
     */
    static Form of(Class<?> type) {
        return new Forms().walk(TypeUse.of(type), type.getSimpleName());
    }

    @Override
    Form scalar(Scalar scalar) {
        return scalar.form();
    }

    @Override
    Form enumeration(Class<?> type) {
        return new EnumForm(type);
    }

    @Override
    Form items(TypeUse use, TypeUse item, String at) {
        var slot = slot(item, at);
        return use.raw().isArray()
                ? new ArrayForm(use.raw().getComponentType(), slot)
                : new ListForm(use.raw() == Set.class, slot);
    }

    @Override
    Form map(TypeUse key, TypeUse value, String at) {
        return new MapForm(key.raw().isEnum() ? new EnumForm(key.raw()) : null, slot(value, at));
    }

    private Slot slot(TypeUse use, String at) {
        return new Slot(walk(use, at), use.nullable());
    }

    @Override
    Form record(TypeUse use) {
        return once(use, () -> record(use, null));
    }

    private Form record(TypeUse use, @Nullable String variant) {
        List<Member> members = new ArrayList<>();
        for (var component : Component.of(use)) {
            members.add(new Member(component, walk(component.type(), component.at())));
        }
        return new RecordForm(use.raw(), members, variant);
    }

    @Override
    Form variants(TypeUse use) {
        return once(use, () -> variants(use.raw()));
    }

    private Form variants(Class<?> sealed) {
        var byName = new LinkedHashMap<String, Form>();
        var byClass = new HashMap<Class<?>, Form>();
        Variants.of(sealed).forEach((name, variant) -> {
            var form = record(TypeUse.of(variant), name);
            byName.put(name, form);
            byClass.put(variant, form);
        });
        return new VariantForm(byName, byClass);
    }

    private Form once(TypeUse use, Supplier<Form> maker) {
        var key = use.signature();
        var around = open.get(key);
        if (around != null) {
            return around;
        }
        var reference = new Reference();
        open.put(key, reference);
        var whole = maker.get();
        open.remove(key);
        reference.is(whole);
        return whole;
    }
}
