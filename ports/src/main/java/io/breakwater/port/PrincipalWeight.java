package io.breakwater.port;

/** Calculates an upper bound of the heap that a principal occupies, for object headers of 12 bytes. */
final class PrincipalWeight {
    /** A principal with its identity, empty sets and texts. */
    private static final int PRINCIPAL = 600;

    /** A string and its array, without the characters. */
    private static final int TEXT = 48;

    /** A node of a set or a map, with its slots. */
    private static final int ENTRY = 64;

    /** A JSON value, with an empty collection. */
    private static final int VALUE = 96;

    /** A decimal with its digits as a number, and as the text that it caches. */
    private static final int DECIMAL = 96;

    private static final int BYTES_PER_CHARACTER = 2;

    private PrincipalWeight() {}

    static long atMost(Principal principal) {
        return PRINCIPAL
                + text(principal.fingerprint())
                + 2 * text(principal.id())
                + principal.roles().stream().mapToLong(PrincipalWeight::member).sum()
                + principal.scopes().stream().mapToLong(PrincipalWeight::member).sum()
                + value(principal.claims());
    }

    private static long text(String text) {
        return TEXT + (long) BYTES_PER_CHARACTER * text.length();
    }

    private static long member(String name) {
        return ENTRY + text(name);
    }

    private static long value(Json value) {
        return VALUE
                + switch (value) {
                    case Json.Obj(var members) ->
                        members.entrySet().stream()
                                .mapToLong(member -> member(member.getKey()) + value(member.getValue()))
                                .sum();
                    case Json.Arr(var items) ->
                        items.stream().mapToLong(PrincipalWeight::value).sum();
                    case Json.Text(var text) -> text(text);
                    case Json.Decimal(var number) -> DECIMAL + (long) number.precision();
                    case Json.Raw(var utf8) -> utf8.length;
                    default -> 0;
                };
    }
}
