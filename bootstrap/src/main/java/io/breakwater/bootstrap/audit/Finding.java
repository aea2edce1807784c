package io.breakwater.bootstrap.audit;

import org.jspecify.annotations.Nullable;

/**
 * Evidence that a log was changed.
 *
 * @param file the file, relative to the folder of the log
 * @param entry the position of the first entry that differs, from 0; null if no single entry does
 * @param message one sentence
 */
public record Finding(String file, @Nullable Long entry, String message) {}
