package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record, as an object of its components; as one of several variants, with the member that names it in front. */
final class RecordForm implements Form {
    private final Constructor<?> constructor;
    private final Member[] members;
    private final byte @Nullable [] type;

    /**
     * The form of this record.
     *
     * @param variant its name among others, or null when it is meant alone
     * @throws io.breakwater.core.presentation.catalog.schema.SchemaRefused when its module keeps it shut
     */
    RecordForm(Class<?> record, List<Member> members, @Nullable String variant) {
        this.constructor = Reflected.constructor(record);
        this.members = members.toArray(new Member[0]);
        this.type = variant == null ? null : type(variant);
        Reflected.open(constructor, record);
        for (var member : members) {
            Reflected.open(member.accessor(), record);
        }
    }

    private static byte[] type(String variant) {
        return new JsonWriter(32)
                .one('{')
                .string(Variants.TYPE)
                .one(':')
                .string(variant)
                .toBytes();
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isObject()) {
            throw new Misfit("must be an object");
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
        return Reflected.make(constructor, values);
    }

    private Misfit unknown(JsonNode json) {
        for (var name : json.propertyNames()) {
            if (!knows(name)) {
                return new Misfit("is not known").in(name);
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
        return type != null && name.equals(Variants.TYPE);
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
