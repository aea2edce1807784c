/**
 * The pack {@code system}: what a model or an operator behind it wants to know of the server itself. The records are
 * the results as callers read them, apart from the reports of {@code business.operations} so that either may change
 * alone.
 */
@NullMarked
package io.breakwater.core.presentation.tool.system;

import org.jspecify.annotations.NullMarked;
