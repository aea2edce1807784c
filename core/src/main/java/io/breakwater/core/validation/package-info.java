/**
 * Validates JSON against JSON Schema: {@code ValueSchema} compiles the schema of a tool and returns each mismatch as a
 * {@code Violation}, {@code CallerSchema} checks a value once against a schema that a caller sends. Both use the same
 * validator (networknt) with the same replacements for what has no limit on its cost.
 *
 * <p>All regular expressions run as a {@code Regex} with a {@code ReadCounter}, JSONata's too. The patterns of callers
 * are also read before they are compiled ({@code RegexReader}), because a caller chooses both the pattern and the text;
 * the patterns of a tool are part of the program, so they may use all features of Java's engine.
 */
@NullMarked
package io.breakwater.core.validation;

import org.jspecify.annotations.NullMarked;
