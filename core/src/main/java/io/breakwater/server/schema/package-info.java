/**
 * Annotations that describe a record as the arguments or the result of a tool. They describe the parameters of
 * annotated methods ({@code io.breakwater.server.annotation}) in the same way.
 *
 * <p>{@code @Description} states the meaning of a component. The constraints ({@code @Pattern}, {@code @Length},
 * {@code @Min}, {@code @Max}, {@code @Size}, {@code @Format}, {@code @AllowedValues}) restrict its values. A component
 * is required unless it is {@code @Nullable} or {@code Optional}, or has a {@code @Default}.
 */
@NullMarked
package io.breakwater.server.schema;

import org.jspecify.annotations.NullMarked;
