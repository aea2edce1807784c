/** The tool {@code admin_action}, with which administrators operate the server. */
@NullMarked
package io.breakwater.core.presentation.tool.admin;

import org.jspecify.annotations.NullMarked;
