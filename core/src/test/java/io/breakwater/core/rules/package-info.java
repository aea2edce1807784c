/**
 * The architecture as rules for ArchUnit, to run on one's own code: {@link io.breakwater.core.rules.LayeringRules} for
 * the layers, {@link io.breakwater.core.rules.IsolationRules} for what may be touched where,
 * {@link io.breakwater.core.rules.HabitRules} for what is not done anywhere. {@link io.breakwater.core.rules.Plant}
 * proves that a rule can fail. Published in the {@code testkit} artifact; needs {@code com.tngtech.archunit:archunit}.
 */
@NullMarked
package io.breakwater.core.rules;

import org.jspecify.annotations.NullMarked;
