/**
 * Architecture rules for ArchUnit, which embedders can run on their own code:
 * {@link io.breakwater.core.rules.LayeringRules} for the layers, {@link io.breakwater.core.rules.IsolationRules} for
 * the use of I/O, threads and libraries, {@link io.breakwater.core.rules.CodingRules} for code in all layers.
 * {@link io.breakwater.core.rules.Plant} proves that a rule can fail. Published in the {@code testkit} artifact; needs
 * {@code com.tngtech.archunit:archunit}.
 */
@NullMarked
package io.breakwater.core.rules;

import org.jspecify.annotations.NullMarked;
