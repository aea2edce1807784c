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
    private final MembersReader reader;
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
        this.reader =
                new MembersReader(members.stream().map(MemberCodec::reader).toList(), variant != null);
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
        return RecordReflection.create(constructor, reader.read(json));
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
