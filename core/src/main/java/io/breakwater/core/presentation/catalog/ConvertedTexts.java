package io.breakwater.core.presentation.catalog;

import java.util.Map;

/** A handler that converts arguments, each of which arrives as a text, to values of other types. */
public interface ConvertedTexts {

    /**
     * Returns the texts of the values that the handler receives, with defaults and in one notation; the same texts if
     * they are invalid.
     */
    Map<String, String> received(Map<String, String> sent);
}
