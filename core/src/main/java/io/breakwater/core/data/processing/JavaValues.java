package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Jsonata;
import io.breakwater.core.business.processing.ProcessingException;
import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values as the evaluator wants them, and back.
 *
 * <p>JSONata computes in double arithmetic: what an expression calculates is a double, {@code 0.1 + 0.2} included. What
 * it merely moves about stays exact, because a number that a double cannot hold enters as a decimal and leaves as it
 * came. Whole numbers enter as integers, so that they can count and index.
 */
final class JavaValues {
    private static final int PLAIN_DIGITS = 21;
    private static final int KNOWN_TEXT = 64;

    private JavaValues() {}

    /**
     * The value for the evaluator.
     *
     * @param known is told every container and long text, parts before wholes
     */
    static Object toJava(Json value, Consumer<Object> known) {
        return switch (value) {
            case Json.Obj(var members) -> toMap(members, known);
            case Json.Arr(var items) -> toList(items, known);
            case Json.Text(var text) -> {
                if (text.length() > KNOWN_TEXT) {
                    known.accept(text);
                }
                yield text;
            }
            case Json.Decimal(var number) -> toNumber(number);
            case Json.Bool bool -> bool.value();
            case Json.Null ignored -> Jsonata.NULL_VALUE;
            case Json.Raw ignored -> throw new IllegalArgumentException("raw bytes must be parsed to be transformed");
        };
    }

    private static Map<String, Object> toMap(Map<String, Json> members, Consumer<Object> known) {
        var map = LinkedHashMap.<String, Object>newLinkedHashMap(members.size());
        members.forEach((name, member) -> map.put(name, toJava(member, known)));
        known.accept(map);
        return map;
    }

    private static List<Object> toList(List<Json> items, Consumer<Object> known) {
        var list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(toJava(item, known)));
        known.accept(list);
        return list;
    }

    private static Number toNumber(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        if (stripped.scale() <= 0 && stripped.precision() - (long) stripped.scale() <= PLAIN_DIGITS) {
            return whole(number);
        }
        double nearest = number.doubleValue();
        return !Double.isInfinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0 ? nearest : number;
    }

    /** As small as it can be, which is what the evaluator does with its own numbers. */
    private static Number whole(BigDecimal number) {
        var integer = number.toBigInteger();
        if (integer.bitLength() < Integer.SIZE) {
            return integer.intValue();
        }
        return integer.bitLength() < Long.SIZE ? integer.longValue() : number;
    }

    /** The value an evaluation ended with; a function, which is no value, is left out or null. */
    static Json toJson(@Nullable Object value) {
        return switch (value) {
            case String text -> Json.of(text);
            case Boolean bool -> Json.of(bool);
            case Number number -> fromNumber(number);
            case List<?> items ->
                new Json.Arr(items.stream().map(JavaValues::toJson).toList());
            case Map<?, ?> members -> fromMap(members);
            case null, default -> Json.Null.NULL;
        };
    }

    private static Json fromMap(Map<?, ?> members) {
        var object = Json.object();
        members.forEach((name, member) -> {
            if (isValue(member)) {
                object.put(String.valueOf(name), toJson(member));
            }
        });
        return object.build();
    }

    private static boolean isValue(@Nullable Object member) {
        return switch (member) {
            case String ignored -> true;
            case Boolean ignored -> true;
            case Number ignored -> true;
            case List<?> ignored -> true;
            case Map<?, ?> ignored -> true;
            case null -> false;
            default -> member.equals(Jsonata.NULL_VALUE);
        };
    }

    private static Json fromNumber(Number number) {
        return switch (number) {
            case Integer integer -> Json.of(integer);
            case Long integer -> Json.of(integer);
            case BigDecimal decimal -> Json.of(decimal);
            default -> fromDouble(number.doubleValue());
        };
    }

    private static Json fromDouble(double number) {
        if (!Double.isFinite(number)) {
            throw new ProcessingException("The expression computes a number that JSON cannot hold: " + number + ".");
        }
        return Json.of(plain(BigDecimal.valueOf(number).stripTrailingZeros()));
    }

    private static BigDecimal plain(BigDecimal number) {
        boolean shortEnough = number.precision() - (long) number.scale() <= PLAIN_DIGITS;
        return number.scale() < 0 && shortEnough ? number.setScale(0) : number;
    }
}
