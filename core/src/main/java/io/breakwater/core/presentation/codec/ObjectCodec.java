package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts a record to and from an object. If the record is one of several variants, the first member is its name. */
final class ObjectCodec implements TypeCodec {
    private final Constructor<?> constructor;
    private final MemberCodec[] members;
    private final byte @Nullable [] variantPrefix;

    /**
     * Creates the codec of a record.
     *
     * @param variant the name of the record as a variant of a sealed interface, or null if it is not a variant
     * @throws io.breakwater.server.schema.InvalidSchemaException if its module does not open its
     *     package
     */
    ObjectCodec(Class<?> record, List<MemberCodec> members, @Nullable String variant) {
        this.constructor = RecordReflection.constructor(record);
        this.members = members.toArray(new MemberCodec[0]);
        this.variantPrefix = variant == null ? null : variantPrefix(variant);
        RecordReflection.open(constructor, record);
        for (var member : members) {
            RecordReflection.open(member.accessor(), record);
        }
    }

    private static byte[] variantPrefix(String variant) {
        return new JsonWriter(32)
                .character('{')
                .string(SealedVariants.TYPE)
                .character(':')
                .string(variant)
                .toBytes();
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new BindingException("must be an object");
        }
        var values = new @Nullable Object[members.length];
        int known = variantPrefix == null ? 0 : 1;
        for (int i = 0; i < values.length; i++) {
            var member = json.get(members[i].name());
            if (member != null) {
                values[i] = members[i].read(member);
                known++;
            }
        }
        if (known < json.size()) {
            throw unknown(json);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = members[i].valueIfAbsent();
            }
        }
        return RecordReflection.create(constructor, values);
    }

    private BindingException unknown(JsonNode json) {
        for (var name : json.propertyNames()) {
            if (!isKnown(name)) {
                return new BindingException("is not known").in(name);
            }
        }
        throw new IllegalStateException("Two components have the same name");
    }

    private boolean isKnown(String name) {
        for (var member : members) {
            if (member.name().equals(name)) {
                return true;
            }
        }
        return variantPrefix != null && name.equals(SealedVariants.TYPE);
    }

    @Override
    public void write(Object record, JsonWriter out) {
        char before = '{';
        if (variantPrefix != null) {
            out.raw(variantPrefix);
            before = ',';
        }
        for (var member : members) {
            if (member.write(record, before, out)) {
                before = ',';
            }
        }
        out.ascii(before == '{' ? "{}" : "}");
    }
}
