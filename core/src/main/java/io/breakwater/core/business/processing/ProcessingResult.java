package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.time.Instant;

/**
 * The result of one operation. Except for the time, it depends only on the operation and the data.
 *
 * @param operation the name of the operation
 * @param inputSize the size of the data, in bytes of compact JSON in UTF-8
 * @param processedAt the time of the computation
 * @param result the result
 */
public record ProcessingResult(String operation, long inputSize, Instant processedAt, Json result) {}
