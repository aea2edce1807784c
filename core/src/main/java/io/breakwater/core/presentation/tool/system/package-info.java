/**
 * The pack {@code system}: tools, resources and a prompt on the server itself. Its records are the results for callers;
 * they are separate from the reports of {@code business.health}, so that both can change independently.
 */
@NullMarked
package io.breakwater.core.presentation.tool.system;

import org.jspecify.annotations.NullMarked;
