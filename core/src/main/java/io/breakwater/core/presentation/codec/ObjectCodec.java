package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record, as an object of its components; as one of several variants, with the member that names it in front. */
final class ObjectCodec implements TypeCodec {
    private final Constructor<?> constructor;
    private final MemberCodec[] members;
    private final byte @Nullable [] type;

    /**
     * The form of this record.
     *
     * @param variant its name among others, or null when it is meant alone
     * @throws io.breakwater.server.schema.InvalidSchemaException when its module keeps it shut
     */
    ObjectCodec(Class<?> record, List<MemberCodec> members, @Nullable String variant) {
        this.constructor = RecordReflection.constructor(record);
        this.members = members.toArray(new MemberCodec[0]);
        this.type = variant == null ? null : type(variant);
        RecordReflection.open(constructor, record);
        for (var member : members) {
            RecordReflection.open(member.accessor(), record);
        }
    }

    private static byte[] type(String variant) {
        return new JsonWriter(32)
                .one('{')
                .string(SealedVariants.TYPE)
                .one(':')
                .string(variant)
                .toBytes();
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new BindingException("must be an object");
        }
        var values = new @Nullable Object[members.length];
        int known = type == null ? 0 : 1;
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
                values[i] = members[i].absent();
            }
        }
        return RecordReflection.make(constructor, values);
    }

    private BindingException unknown(JsonNode json) {
        for (var name : json.propertyNames()) {
            if (!knows(name)) {
                return new BindingException("is not known").in(name);
            }
        }
        throw new IllegalStateException("two components share a name");
    }

    private boolean knows(String name) {
        for (var member : members) {
            if (member.name().equals(name)) {
                return true;
            }
        }
        return type != null && name.equals(SealedVariants.TYPE);
    }

    @Override
    public void write(Object record, JsonWriter out) {
        char before = '{';
        if (type != null) {
            out.raw(type);
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
