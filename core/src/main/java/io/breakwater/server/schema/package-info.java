/**
 * The words with which a record describes itself as a tool's arguments or result.
 *
 * <p>{@code @Describe} tells what a component means, the constraints ({@code @Pattern}, {@code @Length}, {@code @Min},
 * {@code @Max}, {@code @Items}, {@code @Format}, {@code @OneOf}) what it may be. A component is required unless it is
 * {@code @Nullable}, {@code Optional} or has a {@code @Default}.
 */
@NullMarked
package io.breakwater.server.schema;

import org.jspecify.annotations.NullMarked;
