package io.breakwater.core.business.services;

import io.breakwater.port.Json;

/** The text of JSON values in paths, queries and forms. */
final class ScalarText {
    private ScalarText() {}

    /**
     * Returns the text of a string, a number or a boolean.
     *
     * @param where the position of the value, for the message
     */
    static String of(Json value, String where) {
        return switch (value) {
            case Json.Text(var text) -> text;
            case Json.Decimal number -> number.toString();
            case Json.Bool bool -> bool.toString();
            case Json.Null ignored -> throw refused(where, "null");
            case Json.Obj ignored -> throw refused(where, "an object");
            case Json.Arr ignored -> throw refused(where, "an array");
            case Json.Raw ignored -> throw new IllegalStateException("arguments are parsed");
        };
    }

    private static RuntimeException refused(String where, String kind) {
        return InvalidRequest.because(where + " is " + kind + ", but must be a string, a number or a boolean.");
    }
}
