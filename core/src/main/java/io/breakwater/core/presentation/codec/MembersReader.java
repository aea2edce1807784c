package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads all members of an object, for the constructor of a record or for a method. */
final class MembersReader {
    private static final int INITIAL_CAPACITY = 256;

    private final MemberReader[] members;
    private final boolean variant;

    /**
     * Creates the reader of an object.
     *
     * @param variant true if the object has the member {@link SealedVariants#TYPE} too
     */
    MembersReader(List<MemberReader> members, boolean variant) {
        this.members = members.toArray(new MemberReader[0]);
        this.variant = variant;
    }

    /** Returns the values in the order of the members. */
    @Nullable
    Object[] read(JsonNode json) {
        if (!json.isObject()) {
            throw new BindingException("must be an object");
        }
        var values = new @Nullable Object[members.length];
        int known = variant ? 1 : 0;
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
        return completed(values);
    }

    /** Writes values that were read, in their order, as an object without those that are null. */
    byte[] write(@Nullable Object[] values) {
        var out = new JsonWriter(INITIAL_CAPACITY);
        char before = '{';
        for (int i = 0; i < values.length; i++) {
            if (members[i].write(values[i], before, out)) {
                before = ',';
            }
        }
        out.ascii(before == '{' ? "{}" : "}");
        return out.toBytes();
    }

    private @Nullable Object[] completed(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = members[i].valueIfAbsent();
            }
        }
        return values;
    }

    private BindingException unknown(JsonNode json) {
        for (var name : json.propertyNames()) {
            if (!isKnown(name)) {
                return new BindingException("is not known").in(name);
            }
        }
        throw new IllegalStateException("Two members have the same name");
    }

    private boolean isKnown(String name) {
        for (var member : members) {
            if (member.name().equals(name)) {
                return true;
            }
        }
        return variant && name.equals(SealedVariants.TYPE);
    }
}
