/**
 * What a server offers: {@link io.breakwater.core.presentation.catalog.Tool tools},
 * {@link io.breakwater.core.presentation.catalog.Resource resources} and
 * {@link io.breakwater.core.presentation.catalog.Prompt prompts}, each a definition joined with a handler, and the
 * {@link io.breakwater.core.presentation.catalog.Call} through which a handler speaks with its caller.
 */
@NullMarked
package io.breakwater.core.presentation.catalog;

import org.jspecify.annotations.NullMarked;
