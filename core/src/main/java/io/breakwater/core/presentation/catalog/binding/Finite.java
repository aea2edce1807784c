package io.breakwater.core.presentation.catalog.binding;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Writes floating point numbers, but not those JSON has no word for; Jackson would make them texts. */
final class Finite {
    private Finite() {}

    static void addTo(SimpleModule module) {
        module.addSerializer(double.class, new OfDouble());
        module.addSerializer(Double.class, new OfDouble());
        module.addSerializer(float.class, new OfFloat());
        module.addSerializer(Float.class, new OfFloat());
        module.addSerializer(double[].class, new OfDoubles());
        module.addSerializer(float[].class, new OfFloats());
    }

    private static void write(double value, JsonGenerator out) {
        check(Double.isFinite(value), value, out);
        out.writeNumber(value);
    }

    private static void write(float value, JsonGenerator out) {
        check(Float.isFinite(value), value, out);
        out.writeNumber(value);
    }

    private static void check(boolean finite, double value, JsonGenerator out) {
        if (!finite) {
            throw DatabindException.from(out, value + " is no number in JSON. Give null where there is none.");
        }
    }

    private static final class OfDouble extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            write(value, out);
        }
    }

    private static final class OfFloat extends ValueSerializer<Float> {
        @Override
        public void serialize(Float value, JsonGenerator out, SerializationContext context) {
            write(value, out);
        }
    }

    private static final class OfDoubles extends ValueSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (double value : values) {
                write(value, out);
            }
            out.writeEndArray();
        }
    }

    private static final class OfFloats extends ValueSerializer<float[]> {
        @Override
        public void serialize(float[] values, JsonGenerator out, SerializationContext context) {
            out.writeStartArray();
            for (float value : values) {
                write(value, out);
            }
            out.writeEndArray();
        }
    }
}
