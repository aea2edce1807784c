package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.time.Instant;

/**
 * The outcome of one operation. It depends on the operation and the data alone, but for the time.
 *
 * @param operation which operation it was
 * @param inputSize the size of the data in bytes, as compact JSON in UTF-8
 * @param processedAt when it was computed
 * @param result what came out
 */
public record ProcessingResult(String operation, long inputSize, Instant processedAt, Json result) {}
